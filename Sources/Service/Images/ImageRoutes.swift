import CrawlEngine
import HTTPTypes
import Hummingbird
import Indexing

/// `/images/{fingerprint}`: a cover out of our own cache, where the operator wants one.
struct ImageRoutes: Sendable {
    let holder: IndexHolder
    let access: ServiceAccess
    let cache: @Sendable () -> ImageCache?
    private let directory = ImageDirectory()

    init(holder: IndexHolder, access: ServiceAccess, cache: @escaping @Sendable () -> ImageCache?) {
        (self.holder, self.access, self.cache) = (holder, access, cache)
    }

    func add(to router: Router<ServiceContext>) {
        router.get("images/{fingerprint}") { request, context in
            let name = context.parameters.get("fingerprint") ?? ""
            let settings = access.images
            guard settings.mode == .cache, ImageShelf.isName(name), let cache = cache(), let index = holder.index,
                let url = await directory.url(name, of: index, settings)
            else { throw Problem(.notFound, "there is no such image") }
            do {
                let image = try await cache.image(name, at: url)
                return answer(image).response(to: request)
            } catch ImageCache.Failure.missing {
                throw Problem(.notFound, "its site has no such image")
            } catch ImageCache.Failure.busy {
                var problem = Problem(.serviceUnavailable, "too many images of that site are waited for")
                problem.retryAfter = 10
                throw problem
            } catch ImageCache.Failure.later {
                var problem = Problem(.serviceUnavailable, "the image's site does not answer at the moment")
                problem.retryAfter = 60
                throw problem
            }
        }
    }

    /// The name stands for the address, not for the bytes: a browser asks again after a week, and we ask after a month.
    private func answer(_ image: ImageCache.Image) -> Answer {
        var answer = Answer(type: image.kind.mediaType, bytes: image.bytes, tag: image.hash)
        answer.caching = "public, max-age=604800"
        answer.isCompressible = false
        return answer
    }
}
