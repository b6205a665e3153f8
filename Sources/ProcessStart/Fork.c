#include "ProcessStart.h"

#include <signal.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

int process_fork(void) {
#ifdef __linux__
  const pid_t parent = getpid();
#endif
  const int process = fork();
#ifdef __linux__
  if (process == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // It may have died before that.
    if (getppid() != parent) _exit(1);
  }
#endif
  return process;
}
