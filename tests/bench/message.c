/* SPDX-License-Identifier: Apache-2.0 */
#include "message.h"

#include "bench.h"

#include <stdio.h>
#include <string.h>

enum { MARK_LENGTH = 10 };

static void put_digits(char *place, uint64_t number, size_t digits)
{
	while (digits > 0) {
		place[--digits] = (char)('0' + number % 10);
		number /= 10;
	}
}

/* Ten marks in a row are a place to fill in; fewer are text. */
static void fill(char *body, size_t length, char mark, uint64_t number)
{
	char run[MARK_LENGTH];
	memset(run, mark, sizeof(run));
	char *place = body;
	while ((place = memmem(place, length - (size_t)(place - body), run, sizeof(run))) != NULL) {
		put_digits(place, number, MARK_LENGTH);
	}
}

/* A key as clients make them: a random UUID. */
static int write_key(char *buffer, size_t room, uint64_t serial)
{
	const unsigned long long high = bench_mix(serial);
	const unsigned long long low = bench_mix(~serial);
	return snprintf(buffer, room, "Idempotency-Key: %08llx-%04llx-4%03llx-a%03llx-%012llx\r\n", high >> 32,
			high >> 16 & 0xffff, high & 0xfff, high >> 12 & 0xf, low & 0xffffffffffff);
}

/* The next path; NULL when there is none. */
static const char *choose_path(struct message_source *source, uint64_t random)
{
	if (!source->once) {
		return source->paths[random % source->path_count];
	}
	return source->used < source->path_count ? source->paths[source->used++] : NULL;
}

/* What a message with a body has besides it. */
static size_t write_fields(const struct message_source *source, char *buffer, size_t room, uint64_t serial)
{
	size_t length = (size_t)snprintf(buffer, room, "Content-Type: application/json\r\nContent-Length: %zu\r\n",
					 source->body_length);
	if (source->etag != NULL) {
		length += (size_t)snprintf(buffer + length, room - length, "If-Match: %s\r\n", source->etag);
	}
	return length + (size_t)write_key(buffer + length, room - length, serial);
}

size_t message_write(struct message_source *source, char *buffer)
{
	const uint64_t serial = source->serial++;
	const uint64_t random = bench_mix(serial ^ UINT64_C(0x5bd1e995));
	const char *path = choose_path(source, random);
	if (path == NULL) {
		return 0;
	}
	size_t length =
		(size_t)snprintf(buffer, MESSAGE_ROOM, "%s %s HTTP/1.1\r\nHost: %s\r\n", source->method, path, source->host);
	if (source->token != NULL) {
		length +=
			(size_t)snprintf(buffer + length, MESSAGE_ROOM - length, "Authorization: Bearer %s\r\n", source->token);
	}
	if (source->body != NULL) {
		length += write_fields(source, buffer + length, MESSAGE_ROOM - length, serial);
	}
	memcpy(buffer + length, "\r\n", 2);
	length += 2;
	if (source->body != NULL) {
		char *body = buffer + length;
		memcpy(body, source->body, source->body_length);
		fill(body, source->body_length, '#', serial);
		fill(body, source->body_length, '?', random);
		length += source->body_length;
	}
	return length;
}
