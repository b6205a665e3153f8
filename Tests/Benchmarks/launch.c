/* Runs a command and prints how long it took, in nanoseconds, and the most memory it held, in KiB.
   It is small itself, since a process inherits the peak of the one that started it. The signals
   that end a run are the command's: it may have something to take back, and is waited for. */
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(int count, char **arguments) {
  if (count < 2) return 2;
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGINT);
  sigaddset(&ending, SIGTERM);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigdefault(&attributes, &ending);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  signal(SIGINT, SIG_IGN);
  signal(SIGTERM, SIG_IGN);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);

  pid_t child;
  int status;
  struct rusage usage;
  long long start = now();
  if (posix_spawn(&child, arguments[1], &actions, &attributes, arguments + 1, environ)) return 2;
  if (wait4(child, &status, 0, &usage) != child || status != 0) return 1;
  long long end = now();
#ifdef __APPLE__
  usage.ru_maxrss /= 1024;
#endif
  printf("%lld %ld\n", end - start, usage.ru_maxrss);
  return 0;
}
