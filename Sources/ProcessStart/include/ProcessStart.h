#pragma once

/// The number of arguments as the system handed them over, the program's name included. Swift's
/// `CommandLine` looks for them in `/proc` on Linux, which is not there in a bare `chroot` or an
/// initramfs.
int process_argument_count(void);

/// `fork`, which Swift has no name for. On Linux the new process ends when this one does.
int process_fork(void);

/// The argument at `index`, below the count: ended by NUL, not always UTF-8.
const char *process_argument(int index);
