/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The load generator: a closed loop of keep-alive connections, one thread. It fails on the first answer
 * that is not the one expected, and when somebody is left without an answer. Prints one line of JSON.
 *
 *   load --port N --connections N --seconds S [--count N] [--token T] [--body FILE] [--expect STATUS] [--answer FILE] PATH|@FILE
 *
 * With --body it posts, without it it gets; @FILE names paths, one a line, of which one is taken at random
 * each time. --count ends after so many answers; --answer keeps the body of the last one. "total" counts
 * the warm-up too.
 */
#include "bench.h"
#include "message.h"

#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <unistd.h>

enum { ANSWER_ROOM = 256 * 1024, EVENTS = 256, PATIENCE_MS = 10000 };

static const int64_t warm_up_ns = 500000000;

struct client {
	int fd;
	bool waiting;
	int64_t sent_at;
	size_t head_length; /* 0: not known yet */
	size_t body_length;
	size_t length;
	char *bytes; /* of the answer */
};

struct load {
	struct message_source source;
	int expected;
	uint64_t most; /* answers; 0: no end but time */
	int64_t starts_at; /* what is answered from here on counts */
	int64_t ends_at;
	char *message;
	uint32_t *took_us;
	size_t count;
	size_t room;
	uint64_t answers; /* the warm-up's too */
	size_t waiting;
	const char *keep;
	size_t answer_length;
};

static void die(const char *what)
{
	(void)fprintf(stderr, "load: %s%s%s\n", what, errno != 0 ? ": " : "", errno != 0 ? strerror(errno) : "");
	exit(1);
}

static char *read_file(const char *path, size_t *ret_length)
{
	FILE *file = fopen(path, "rb");
	char *bytes = malloc(ANSWER_ROOM * 16 + 1);
	if (file == NULL || bytes == NULL) {
		die(path);
	}
	*ret_length = fread(bytes, 1, ANSWER_ROOM * 16, file);
	bytes[*ret_length] = '\0';
	(void)fclose(file);
	return bytes;
}

static void read_paths(const char *name, struct message_source *source)
{
	size_t length = 0;
	char *text = read_file(name, &length);
	const char **paths = calloc(length / 2 + 1, sizeof(*paths));
	char *rest = NULL;
	for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
		paths[source->path_count++] = line;
	}
	source->paths = paths;
}

static void send_next(struct load *load, struct client *client)
{
	size_t length = message_write(&load->source, load->message);
	const char *at = load->message;
	client->waiting = true;
	client->head_length = client->body_length = client->length = 0;
	client->sent_at = bench_ns();
	load->waiting++;
	while (length > 0) { /* fits the socket's buffer: one call */
		ssize_t sent = send(client->fd, at, length, MSG_NOSIGNAL);
		if (sent <= 0) {
			die("cannot send");
		}
		at += sent;
		length -= (size_t)sent;
	}
}

/* Status and length of the body, once the head is there. */
static void read_head(struct load *load, struct client *client)
{
	char *end = memmem(client->bytes, client->length, "\r\n\r\n", 4);
	if (end == NULL) {
		return;
	}
	*end = '\0';
	errno = 0;
	const char *field = strcasestr(client->bytes, "\r\nContent-Length:");
	if (strncmp(client->bytes, "HTTP/1.1 ", 9) != 0 || strtol(client->bytes + 9, NULL, 10) != load->expected ||
	    field == NULL) {
		(void)fprintf(stderr, "load: expected %d, got: %.1500s\n%.*s\n", load->expected, client->bytes,
			      (int)(client->length - (size_t)(end - client->bytes) - 4), end + 4);
		exit(1);
	}
	if (strcasestr(client->bytes, "\r\nConnection: close") != NULL) {
		die("the server closes a connection");
	}
	client->body_length = strtoul(field + 17, NULL, 10);
	client->head_length = (size_t)(end - client->bytes) + 4;
	if (client->head_length + client->body_length >= ANSWER_ROOM) {
		die("an answer is too long");
	}
}

static void count(struct load *load, int64_t now, const struct client *client)
{
	load->answers++;
	load->answer_length = client->body_length;
	if (now < load->starts_at || now > load->ends_at) {
		return;
	}
	if (load->count == load->room) {
		load->room = load->room == 0 ? 65536 : load->room * 2;
		load->took_us = realloc(load->took_us, load->room * sizeof(*load->took_us));
	}
	load->took_us[load->count++] = (uint32_t)((now - client->sent_at) / 1000);
}

static void keep_answer(const struct load *load, const struct client *client)
{
	FILE *file = fopen(load->keep, "wb");
	if (file == NULL || fwrite(client->bytes + client->head_length, 1, client->body_length, file) != client->body_length ||
	    fclose(file) != 0) {
		die(load->keep);
	}
}

static void receive(struct load *load, struct client *client)
{
	const ssize_t got = recv(client->fd, client->bytes + client->length, ANSWER_ROOM - client->length, 0);
	if (got <= 0) {
		die("the server closed a connection");
	}
	client->length += (size_t)got;
	if (client->head_length == 0) {
		read_head(load, client);
	}
	if (client->head_length == 0 || client->length < client->head_length + client->body_length) {
		return;
	}
	const int64_t now = bench_ns();
	client->waiting = false;
	load->waiting--;
	count(load, now, client);
	if (load->keep != NULL) {
		keep_answer(load, client);
	}
	if (now < load->ends_at && (load->most == 0 || load->answers < load->most)) {
		send_next(load, client);
	}
}

static void connect_client(struct client *client, int port, int epoll)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
	struct epoll_event event = {.events = EPOLLIN, .data = {.ptr = client}};
	const int on = 1;
	client->fd = socket(AF_INET, SOCK_STREAM, 0);
	client->bytes = malloc(ANSWER_ROOM);
	if (client->fd < 0 || client->bytes == NULL || connect(client->fd, (struct sockaddr *)&address, sizeof(address)) != 0 ||
	    setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) != 0 ||
	    epoll_ctl(epoll, EPOLL_CTL_ADD, client->fd, &event) != 0) {
		die("cannot connect");
	}
}

static void run(struct load *load, struct client *clients, size_t connections, int epoll, double seconds)
{
	struct epoll_event events[EVENTS];
	const int64_t now = bench_ns();
	load->starts_at = load->most > 0 ? now : now + warm_up_ns;
	load->ends_at = load->starts_at + (int64_t)(seconds * 1e9);
	for (size_t i = 0; i < connections; i++) {
		send_next(load, &clients[i]);
	}
	while (load->waiting > 0) {
		const int ready = epoll_wait(epoll, events, EVENTS, PATIENCE_MS);
		if (ready == 0) {
			(void)fprintf(stderr, "load: %zu of %zu clients are left without an answer\n", load->waiting,
				      connections);
			exit(1);
		}
		for (int i = 0; i < ready; i++) {
			receive(load, events[i].data.ptr);
		}
	}
}

static void report(struct load *load, double seconds)
{
	qsort(load->took_us, load->count, sizeof(*load->took_us), bench_compare);
	(void)printf("{\"answers\": %zu, \"total\": %" PRIu64
		     ", \"rate\": %.1f, \"p50_us\": %u, \"p99_us\": %u, \"max_us\": %u, \"bytes\": %zu}\n",
		     load->count, load->answers, (double)load->count / seconds,
		     bench_percentile(load->took_us, load->count, 0.5), bench_percentile(load->took_us, load->count, 0.99),
		     bench_percentile(load->took_us, load->count, 1.0), load->answer_length);
}

struct arguments {
	int port;
	size_t connections;
	double seconds;
};

static struct arguments read_arguments(int argc, char **argv, struct load *load)
{
	static const struct option options[] = {
		{"port", required_argument, NULL, 'p'},
		{"connections", required_argument, NULL, 'c'},
		{"seconds", required_argument, NULL, 's'},
		{"count", required_argument, NULL, 'n'},
		{"token", required_argument, NULL, 't'},
		{"body", required_argument, NULL, 'b'},
		{"expect", required_argument, NULL, 'e'},
		{"answer", required_argument, NULL, 'a'},
		{NULL, 0, NULL, 0},
	};
	struct arguments arguments = {.connections = 1, .seconds = 1};
	int option;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'p': arguments.port = (int)strtol(optarg, NULL, 10); break;
		case 'c': arguments.connections = strtoul(optarg, NULL, 10); break;
		case 's': arguments.seconds = strtod(optarg, NULL); break;
		case 'n': load->most = strtoul(optarg, NULL, 10); break;
		case 't': load->source.token = optarg; break;
		case 'b': load->source.body = read_file(optarg, &load->source.body_length); break;
		case 'e': load->expected = (int)strtol(optarg, NULL, 10); break;
		case 'a': load->keep = optarg; break;
		default: exit(64);
		}
	}
	if (arguments.port == 0 || optind != argc - 1 || arguments.connections == 0) {
		errno = 0;
		die("--port, --connections and one path are needed");
	}
	return arguments;
}

int main(int argc, char **argv)
{
	struct load load = {.expected = 200};
	const struct arguments arguments = read_arguments(argc, argv, &load);
	const char *path = argv[argc - 1];
	const int epoll = epoll_create1(0);
	struct client *clients = calloc(arguments.connections, sizeof(*clients));
	load.message = malloc(MESSAGE_ROOM + load.source.body_length);
	load.source.host = "127.0.0.1";
	if (path[0] == '@') {
		read_paths(path + 1, &load.source);
	} else {
		load.source.paths = (const char *const *)&argv[argc - 1];
		load.source.path_count = 1;
	}
	if (epoll < 0 || clients == NULL || load.message == NULL || load.source.path_count == 0 ||
	    getrandom(&load.source.serial, sizeof(load.source.serial), 0) != sizeof(load.source.serial)) {
		die("cannot start");
	}
	for (size_t i = 0; i < arguments.connections; i++) {
		connect_client(&clients[i], arguments.port, epoll);
	}
	run(&load, clients, arguments.connections, epoll, arguments.seconds);
	report(&load, arguments.seconds);
	return load.answers == 0;
}
