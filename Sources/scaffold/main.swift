// The executable: arguments in, one verb called, the answer printed, an exit code out.

Signals.ignoreFailingWrites()
Program.exit(with: Program().run(ProcessArguments.read()))
