/* Nothing to call: what is done when a program is loaded that is linked with this. */
