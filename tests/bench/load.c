/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The load generator: a closed loop of keep-alive connections, one thread. It fails on the first answer
 * that is not the one expected, and when somebody is left without an answer. Prints one line of JSON.
 *
 *   load --port N --connections N --seconds S [--count N] [--token T] [--method M] [--body FILE] [--etag E]
 *        [--expect STATUS] [--answer FILE] [--places FILE] [--once] PATH|@FILE
 *
 * With --body it posts unless --method says otherwise, without it it gets; @FILE names paths, one a line, of
 * which one is taken at random each time, or with --once each one once and in order: a connection for which
 * none is left is done. --count ends after so many answers and has no warm-up; --answer keeps the body of the
 * last one and --places where each says that it was stored. "total" counts the warm-up too; "rate" is that of
 * the time during which there was something to send.
 */
#include "arguments.h"
#include "bench.h"

#include <arpa/inet.h>
#include <errno.h>
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
	struct arguments asked;
	int64_t starts_at; /* what is answered from here on counts */
	int64_t ends_at;
	char *message;
	uint32_t *took_us;
	size_t count;
	size_t room;
	int64_t last_at; /* the last answer */
	uint64_t answers; /* the warm-up's too */
	size_t waiting;
	FILE *places;
	size_t answer_length;
};

static void die(const char *what)
{
	(void)fprintf(stderr, "load: %s%s%s\n", what, errno != 0 ? ": " : "", errno != 0 ? strerror(errno) : "");
	exit(1);
}

/* Nothing, when there is no more to send. */
static void send_next(struct load *load, struct client *client)
{
	size_t length = message_write(&load->asked.source, load->message);
	const char *at = load->message;
	if (length == 0) {
		return;
	}
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

/* Where what was sent is stored, as the head says it; one place a line. */
static void keep_place(const struct load *load, const struct client *client)
{
	const char *field = strcasestr(client->bytes, "\r\nLocation:");
	if (load->places == NULL) {
		return;
	}
	if (field == NULL) {
		die("an answer does not say where it is stored");
	}
	const char *place = field + 11 + strspn(field + 11, " ");
	(void)fprintf(load->places, "%.*s\n", (int)strcspn(place, "\r"), place);
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
	if (strncmp(client->bytes, "HTTP/1.1 ", 9) != 0 || strtol(client->bytes + 9, NULL, 10) != load->asked.expected ||
	    field == NULL) {
		(void)fprintf(stderr, "load: expected %d, got: %.1500s\n%.*s\n", load->asked.expected, client->bytes,
			      (int)(client->length - (size_t)(end - client->bytes) - 4), end + 4);
		exit(1);
	}
	if (strcasestr(client->bytes, "\r\nConnection: close") != NULL) {
		die("the server closes a connection");
	}
	keep_place(load, client);
	client->body_length = strtoul(field + 17, NULL, 10);
	client->head_length = (size_t)(end - client->bytes) + 4;
	if (client->head_length + client->body_length >= ANSWER_ROOM) {
		die("an answer is too long");
	}
}

static void count(struct load *load, int64_t now, const struct client *client)
{
	load->answers++;
	load->last_at = now;
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
	FILE *file = fopen(load->asked.answer, "wb");
	if (file == NULL || fwrite(client->bytes + client->head_length, 1, client->body_length, file) != client->body_length ||
	    fclose(file) != 0) {
		die(load->asked.answer);
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
	if (load->asked.answer != NULL) {
		keep_answer(load, client);
	}
	if (now < load->ends_at && (load->asked.most == 0 || load->answers < load->asked.most)) {
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

static void run(struct load *load, struct client *clients, int epoll)
{
	struct epoll_event events[EVENTS];
	const int64_t now = bench_ns();
	load->starts_at = load->asked.most > 0 ? now : now + warm_up_ns;
	load->ends_at = load->asked.most > 0 ? INT64_MAX : load->starts_at + (int64_t)(load->asked.seconds * 1e9);
	for (size_t i = 0; i < load->asked.connections; i++) {
		send_next(load, &clients[i]);
	}
	while (load->waiting > 0) {
		const int ready = epoll_wait(epoll, events, EVENTS, PATIENCE_MS);
		if (ready == 0) {
			(void)fprintf(stderr, "load: %zu of %zu clients are left without an answer\n", load->waiting,
				      load->asked.connections);
			exit(1);
		}
		for (int i = 0; i < ready; i++) {
			receive(load, events[i].data.ptr);
		}
	}
}

static void report(struct load *load)
{
	const int64_t ended_at = load->last_at < load->ends_at ? load->last_at : load->ends_at;
	const double seconds = (double)(ended_at - load->starts_at) / 1e9;
	qsort(load->took_us, load->count, sizeof(*load->took_us), bench_compare);
	(void)printf("{\"answers\": %zu, \"total\": %" PRIu64
		     ", \"rate\": %.1f, \"p50_us\": %u, \"p99_us\": %u, \"max_us\": %u, \"bytes\": %zu}\n",
		     load->count, load->answers, load->count > 0 ? (double)load->count / seconds : 0,
		     bench_percentile(load->took_us, load->count, 0.5), bench_percentile(load->took_us, load->count, 0.99),
		     bench_percentile(load->took_us, load->count, 1.0), load->answer_length);
}

int main(int argc, char **argv)
{
	struct load load = {.asked = arguments_read(argc, argv)};
	struct message_source *source = &load.asked.source;
	const int epoll = epoll_create1(0);
	struct client *clients = calloc(load.asked.connections, sizeof(*clients));
	load.message = malloc(MESSAGE_ROOM + source->body_length);
	if (epoll < 0 || clients == NULL || load.message == NULL ||
	    getrandom(&source->serial, sizeof(source->serial), 0) != sizeof(source->serial) ||
	    (load.asked.places != NULL && (load.places = fopen(load.asked.places, "w")) == NULL)) {
		die("cannot start");
	}
	for (size_t i = 0; i < load.asked.connections; i++) {
		connect_client(&clients[i], load.asked.port, epoll);
	}
	run(&load, clients, epoll);
	if (load.places != NULL && fclose(load.places) != 0) {
		die(load.asked.places);
	}
	report(&load);
	return load.answers == 0;
}
