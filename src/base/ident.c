/* SPDX-License-Identifier: Apache-2.0 */
#include "base/ident.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { RANDOM_BYTES = 10, TIME_CHARACTERS = 10, RANDOM_CHARACTERS = 16 }; /* of a ULID */
enum { TRACKING_DIGITS = 8, TOKEN_BYTES = 32 };

/* Crockford's base 32: no I, L, O or U, which are misread. */
static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

struct ident_source {
	pthread_mutex_t lock;
	bool seeded;
	uint64_t state[4]; /* xoshiro256**, used when seeded */
	uint64_t last_ms;
	unsigned char last_random[RANDOM_BYTES];
};

static uint64_t splitmix(uint64_t *state)
{
	uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

static uint64_t rotate(uint64_t value, unsigned bits)
{
	return (value << bits) | (value >> (64 - bits));
}

static uint64_t xoshiro(uint64_t state[4])
{
	const uint64_t result = rotate(state[1] * 5, 7) * 9;
	const uint64_t shifted = state[1] << 17;
	state[2] ^= state[0];
	state[3] ^= state[1];
	state[1] ^= state[2];
	state[0] ^= state[3];
	state[2] ^= shifted;
	state[3] = rotate(state[3], 45);
	return result;
}

struct ident_source *ident_create(uint64_t seed)
{
	struct ident_source *source = calloc(1, sizeof(*source));
	if (source == NULL || pthread_mutex_init(&source->lock, NULL) != 0) {
		(void)fputs("memory is exhausted\n", stderr);
		abort();
	}
	source->seeded = seed != 0;
	for (unsigned i = 0; i < 4; i++) {
		source->state[i] = splitmix(&seed);
	}
	return source;
}

void ident_destroy(struct ident_source *source)
{
	if (source == NULL) {
		return;
	}
	pthread_mutex_destroy(&source->lock);
	free(source);
}

static void random_locked(struct ident_source *source, unsigned char *bytes, size_t length)
{
	size_t filled = 0;
	while (source->seeded && filled < length) {
		const uint64_t word = xoshiro(source->state);
		const size_t step = length - filled < sizeof(word) ? length - filled : sizeof(word);
		for (size_t i = 0; i < step; i++) {
			bytes[filled++] = (unsigned char)(word >> (8 * i));
		}
	}
	while (filled < length) {
		const ssize_t got = getrandom(bytes + filled, length - filled, 0);
		if (got < 0 && errno != EINTR) {
			/* A predictable token would be worse than no service. */
			perror("the kernel gives no random bytes");
			abort();
		}
		filled += got > 0 ? (size_t)got : 0;
	}
}

void ident_random(struct ident_source *source, void *bytes, size_t length)
{
	pthread_mutex_lock(&source->lock);
	random_locked(source, bytes, length);
	pthread_mutex_unlock(&source->lock);
}

/*
 * Adds one to the random part as a big-endian number; when it is all ones, the next millisecond is
 * borrowed.
 */
static void step_locked(struct ident_source *source)
{
	for (unsigned i = RANDOM_BYTES; i > 0; i--) {
		if (++source->last_random[i - 1] != 0) {
			return;
		}
	}
	source->last_ms++;
}

/* Writes COUNT base 32 digits of BYTES, read as one big-endian bit string whose length is 5 * COUNT. */
static void put_base32(const unsigned char *bytes, size_t count, char *out)
{
	for (size_t digit = 0; digit < count; digit++) {
		unsigned value = 0;
		for (size_t bit = digit * 5; bit < digit * 5 + 5; bit++) {
			value = value << 1 | ((unsigned)bytes[bit / 8] >> (7 - bit % 8) & 1);
		}
		out[digit] = crockford[value];
	}
}

const char *ident_id(struct ident_source *source, const char *prefix, struct instant now, char buffer[IDENT_ID_SIZE])
{
	const size_t start = strlen(prefix);
	assert(start + TIME_CHARACTERS + RANDOM_CHARACTERS < IDENT_ID_SIZE);
	const uint64_t ms = now.us > 0 ? (uint64_t)now.us / 1000 : 0;
	pthread_mutex_lock(&source->lock);
	if (ms > source->last_ms) {
		source->last_ms = ms;
		random_locked(source, source->last_random, RANDOM_BYTES);
	} else {
		step_locked(source);
	}
	uint64_t time_left = source->last_ms;
	memcpy(buffer, prefix, start);
	put_base32(source->last_random, RANDOM_CHARACTERS, buffer + start + TIME_CHARACTERS);
	pthread_mutex_unlock(&source->lock);
	for (unsigned i = TIME_CHARACTERS; i > 0; i--) {
		buffer[start + i - 1] = crockford[time_left & 31];
		time_left >>= 5;
	}
	buffer[start + TIME_CHARACTERS + RANDOM_CHARACTERS] = '\0';
	return buffer;
}

/*
 * The check digit makes a weighted sum over GF(32) vanish, with weights 1, a, a^2, ... from the check digit
 * to the left (a is a root of x^5 + x^2 + 1). Weights that are nonzero and all different catch every wrong
 * digit and every exchange of two digits.
 */
static unsigned check_digit(const unsigned digits[TRACKING_DIGITS])
{
	unsigned sum = 0;
	for (unsigned i = 0; i < TRACKING_DIGITS; i++) {
		sum = (sum ^ digits[i]) << 1;
		sum = sum & 32 ? sum ^ 0x25 : sum;
	}
	return sum;
}

/* Where the digits stand in "AR-7QK4-M2XC-5"; the check digit is last. */
static const unsigned char tracking_places[TRACKING_DIGITS + 1] = {3, 4, 5, 6, 8, 9, 10, 11, 13};

static const char *put_number(struct ident_source *source, const char *form, char buffer[IDENT_TRACKING_SIZE])
{
	unsigned char bytes[TRACKING_DIGITS];
	unsigned digits[TRACKING_DIGITS];
	ident_random(source, bytes, sizeof(bytes));
	memcpy(buffer, form, strlen(form) + 1);
	for (unsigned i = 0; i < TRACKING_DIGITS; i++) {
		digits[i] = bytes[i] & 31;
		buffer[tracking_places[i]] = crockford[digits[i]];
	}
	buffer[tracking_places[TRACKING_DIGITS]] = crockford[check_digit(digits)];
	return buffer;
}

const char *ident_tracking(struct ident_source *source, char buffer[IDENT_TRACKING_SIZE])
{
	return put_number(source, "AR-xxxx-xxxx-x", buffer);
}

static bool number_valid(const char *text, const char *prefix)
{
	if (strlen(text) != 14 || strncmp(text, prefix, 3) != 0 || text[7] != '-' || text[12] != '-') {
		return false;
	}
	unsigned digits[TRACKING_DIGITS + 1];
	for (unsigned i = 0; i <= TRACKING_DIGITS; i++) {
		const char *digit = strchr(crockford, text[tracking_places[i]]);
		if (digit == NULL) {
			return false;
		}
		digits[i] = (unsigned)(digit - crockford);
	}
	return digits[TRACKING_DIGITS] == check_digit(digits);
}

bool ident_tracking_valid(const char *text)
{
	return number_valid(text, "AR-");
}

bool ident_authorization_valid(const char *text)
{
	return number_valid(text, "AU-");
}

const char *ident_authorization(struct ident_source *source, char buffer[IDENT_TRACKING_SIZE])
{
	return put_number(source, "AU-xxxx-xxxx-x", buffer);
}

/*
 * CRC-32 (IEEE 802.3): lets a scanner and our own reader tell a mistyped token from a wrong one without a
 * look-up.
 */
static uint32_t crc32_of(const char *bytes, size_t length)
{
	uint32_t crc = UINT32_MAX;
	for (size_t i = 0; i < length; i++) {
		crc ^= (unsigned char)bytes[i];
		for (unsigned bit = 0; bit < 8; bit++) {
			crc = crc >> 1 ^ (crc & 1 ? UINT32_C(0xEDB88320) : 0);
		}
	}
	return ~crc;
}

static size_t put_base64url(const unsigned char *bytes, size_t length, char *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	size_t written = 0;
	uint32_t bits = 0;
	unsigned held = 0;
	for (size_t i = 0; i < length; i++) {
		bits = bits << 8 | bytes[i];
		for (held += 8; held >= 6; held -= 6) {
			out[written++] = digits[bits >> (held - 6) & 63];
		}
	}
	if (held > 0) {
		out[written++] = digits[bits << (6 - held) & 63];
	}
	return written;
}

const char *ident_token(struct ident_source *source, const char *role, char buffer[IDENT_TOKEN_SIZE])
{
	unsigned char secret[TOKEN_BYTES];
	ident_random(source, secret, sizeof(secret));
	const int start = snprintf(buffer, IDENT_TOKEN_SIZE, "ar_%s_", role);
	assert(start > 0 && start + 43 + 1 + 8 < IDENT_TOKEN_SIZE);
	const size_t length = (size_t)start + put_base64url(secret, sizeof(secret), buffer + start);
	(void)snprintf(buffer + length, IDENT_TOKEN_SIZE - length, "_%08x", (unsigned)crc32_of(buffer, length));
	explicit_bzero(secret, sizeof(secret));
	return buffer;
}
