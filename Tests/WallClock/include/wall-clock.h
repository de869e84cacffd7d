/* Nothing is called by name: the library is loaded before a program (LD_PRELOAD). */
