/* Runs a command and prints the most memory it held, in KiB. It is small itself, since a process
   inherits the peak of the one it was forked from. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char **arguments) {
  if (count < 2) return 2;
  pid_t child = fork();
  if (child == -1) return 2;
  if (child == 0) {
    int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDOUT_FILENO);
    execv(arguments[1], arguments + 1);
    _exit(127);
  }
  int status;
  struct rusage usage;
  if (wait4(child, &status, 0, &usage) != child || status != 0) return 1;
#ifdef __APPLE__
  usage.ru_maxrss /= 1024;
#endif
  printf("%ld\n", usage.ru_maxrss);
  return 0;
}
