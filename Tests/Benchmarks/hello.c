/* What start-up costs at least: a static program that prints one line. */
#include <unistd.h>

int main(void) {
  static const char line[] = "hello\n";
  return write(STDOUT_FILENO, line, sizeof line - 1) != sizeof line - 1;
}
