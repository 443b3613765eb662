/*
 * The least that finding the tokens of a user can cost a client: SCAN and MGET, page by page, and a search in each value.
 *
 *   scan-mget PORT PASSWORD-FILE PAGE USER     prints how many values name the user
 *
 * It checks nothing, deletes nothing and survives no fault: the peer of ./bench tokens.
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BUFFER (1 << 20)

static int server;
static char in[BUFFER], out[BUFFER];
static size_t have, at;

static void fail(const char *what) {
  fprintf(stderr, "scan-mget: %s\n", what);
  exit(1);
}

static void more(void) {
  if (at > 0) {
    memmove(in, in + at, have - at);
    have -= at;
    at = 0;
  }
  ssize_t got = have < BUFFER ? read(server, in + have, BUFFER - have) : 0;
  if (got <= 0) fail("no answer");
  have += (size_t)got;
}

/* Reads a line; returns the number after its first character, and the character in *kind. */
static long line(char *kind) {
  for (;;) {
    char *end = memchr(in + at, '\n', have - at);
    if (end) {
      *kind = in[at];
      long number = strtol(in + at + 1, NULL, 10);
      at = (size_t)(end - in) + 1;
      return number;
    }
    more();
  }
}

/* Reads a value of this length into the buffer and returns it; it stays there until the next read. */
static char *value(long length) {
  while (have - at < (size_t)length + 2) more();
  char *start = in + at;
  at += (size_t)length + 2;
  return start;
}

static void ask(const char *text, size_t length) {
  if (write(server, text, length) != (ssize_t)length) fail("cannot write");
}

int main(int count, char **words) {
  if (count != 5) fail("usage: scan-mget PORT PASSWORD-FILE PAGE USER");
  char password[256] = "", needle[64], cursor[32] = "0", kind;
  FILE *file = fopen(words[2], "r");
  if (!file || !fgets(password, sizeof password, file)) fail("no password");
  password[strcspn(password, "\n")] = 0;
  int needle_length = snprintf(needle, sizeof needle, "\"user_id\":%s,", words[4]), one = 1;
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(words[1])) };
  inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  server = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(server, (struct sockaddr *)&address, sizeof address)) fail("cannot connect");
  ask(out, (size_t)snprintf(out, BUFFER, "*2\r\n$4\r\nAUTH\r\n$%zu\r\n%s\r\n", strlen(password), password));
  line(&kind);
  if (kind != '+') fail("cannot sign in");

  long found = 0;
  do {
    size_t page = strlen(words[3]);
    ask(out, (size_t)snprintf(out, BUFFER, "*6\r\n$4\r\nSCAN\r\n$%zu\r\n%s\r\n$5\r\nMATCH\r\n$7\r\ntoken:*\r\n$5\r\nCOUNT\r\n$%zu\r\n%s\r\n",
                              strlen(cursor), cursor, page, words[3]));
    line(&kind);
    long length = line(&kind);
    char *next = value(length);
    memcpy(cursor, next, (size_t)length);
    cursor[length] = 0;
    long keys = line(&kind);
    if (keys == 0) continue;
    size_t used = (size_t)snprintf(out, BUFFER, "*%ld\r\n$4\r\nMGET\r\n", keys + 1);
    for (long key = 0; key < keys; key++) {
      length = line(&kind);
      char *name = value(length);
      used += (size_t)snprintf(out + used, BUFFER - used, "$%ld\r\n", length);
      memcpy(out + used, name, (size_t)length);
      used += (size_t)length;
      out[used++] = '\r';
      out[used++] = '\n';
    }
    ask(out, used);
    keys = line(&kind);
    for (long key = 0; key < keys; key++) {
      length = line(&kind);
      if (length >= 0 && memmem(value(length), (size_t)length, needle, (size_t)needle_length)) found++;
    }
  } while (strcmp(cursor, "0"));
  printf("%ld\n", found);
  return 0;
}
