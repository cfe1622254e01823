/* SPDX-License-Identifier: Apache-2.0 */
#include "base/zone.h"

#include "base/zone_rule.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ZONE_DIRECTORY "/usr/share/zoneinfo/"

enum {
	NAME_SIZE = 64,
	PATH_SIZE = sizeof(ZONE_DIRECTORY) + NAME_SIZE,
	FILE_SIZE_MAX = 256 * 1024,
	FOOTER_SIZE = 128,
	HEADER_SIZE = 44,
	TYPE_SIZE = 6,
	SHIFTS_MAX = 20000,
	TYPES_MAX = 256,
	OFFSET_MAX = 26 * 3600, /* RFC 8536 3.2 */
	SECONDS_PER_DAY = 86400,
	US_PER_SECOND = 1000000
};

/* From an instant on, an offset. */
struct shift {
	int64_t at; /* seconds of UTC */
	int32_t offset;
};

struct zone {
	char name[NAME_SIZE];
	int32_t first_offset; /* before the first shift */
	int32_t least; /* of all offsets the zone ever has */
	int32_t most;
	bool has_rule; /* for what follows the last shift */
	struct zone_rule rule;
	size_t count;
	struct shift shifts[];
};

struct reader {
	const unsigned char *at;
	size_t left;
};

/* The counts of one data block (RFC 8536 3.1). */
struct header {
	char version;
	uint32_t ut_count;
	uint32_t standard_count;
	uint32_t leap_count;
	uint32_t shift_count;
	uint32_t type_count;
	uint32_t char_count;
};

/* NULL when fewer than SIZE bytes are left. */
static const unsigned char *take(struct reader *reader, uint64_t size)
{
	const unsigned char *const at = reader->at;

	if (size > reader->left) {
		return NULL;
	}
	reader->at += size;
	reader->left -= (size_t)size;
	return at;
}

static uint32_t read_u32(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | (uint32_t)at[3];
}

static int64_t read_i64(const unsigned char *at)
{
	return (int64_t)((uint64_t)read_u32(at) << 32 | read_u32(at + 4));
}

static bool read_header(struct reader *reader, struct header *ret_header)
{
	const unsigned char *const at = take(reader, HEADER_SIZE);

	if (at == NULL || memcmp(at, "TZif", 4) != 0) {
		return false;
	}
	*ret_header = (struct header){
		.version = (char)at[4],
		.ut_count = read_u32(at + 20),
		.standard_count = read_u32(at + 24),
		.leap_count = read_u32(at + 28),
		.shift_count = read_u32(at + 32),
		.type_count = read_u32(at + 36),
		.char_count = read_u32(at + 40),
	};
	return true;
}

static bool skip_block(struct reader *reader, const struct header *header, unsigned time_size)
{
	const uint64_t size = (uint64_t)header->shift_count * (time_size + 1) + (uint64_t)header->type_count * TYPE_SIZE +
			      header->char_count + (uint64_t)header->leap_count * (time_size + 4) + header->standard_count +
			      header->ut_count;

	return take(reader, size) != NULL;
}

static void widen(struct zone *zone, int32_t offset)
{
	zone->least = offset < zone->least ? offset : zone->least;
	zone->most = offset > zone->most ? offset : zone->most;
}

/* Fills the shifts from the 64-bit block at BLOCK, whose size is already known to be there. */
static bool read_shifts(struct zone *zone, const struct header *header, const unsigned char *block)
{
	const unsigned char *const indexes = block + (size_t)header->shift_count * 8;
	const unsigned char *const types = indexes + header->shift_count;

	zone->first_offset = (int32_t)read_u32(types);
	zone->least = zone->first_offset;
	zone->most = zone->first_offset;
	for (size_t i = 0; i < header->shift_count; i++) {
		if (indexes[i] >= header->type_count) {
			return false;
		}
		zone->shifts[i].at = read_i64(block + i * 8);
		zone->shifts[i].offset = (int32_t)read_u32(types + (size_t)indexes[i] * TYPE_SIZE);
		if (i > 0 && zone->shifts[i].at <= zone->shifts[i - 1].at) {
			return false;
		}
		widen(zone, zone->shifts[i].offset);
	}
	zone->count = header->shift_count;
	return true;
}

/* The footer is a rule between two newlines; an empty one leaves the last offset in force. */
static bool read_footer(struct zone *zone, struct reader *reader)
{
	char text[FOOTER_SIZE];
	const unsigned char *const opening = take(reader, 1);

	if (opening == NULL || *opening != '\n') {
		return false;
	}
	const unsigned char *const closing = memchr(reader->at, '\n', reader->left);
	if (closing == NULL || (size_t)(closing - reader->at) >= sizeof(text)) {
		return false;
	}
	const size_t length = (size_t)(closing - reader->at);
	memcpy(text, reader->at, length);
	text[length] = '\0';
	if (length == 0) {
		return true;
	}
	if (!zone_rule_parse(text, &zone->rule)) {
		return false;
	}
	zone->has_rule = true;
	widen(zone, zone->rule.standard);
	widen(zone, zone->rule.has_summer ? zone->rule.summer : zone->rule.standard);
	return true;
}

static bool usable(const struct header *header)
{
	/* Files with leap seconds ("right/...") count another time than the one we keep. */
	return header->leap_count == 0 && header->shift_count <= SHIFTS_MAX && header->type_count >= 1 &&
	       header->type_count <= TYPES_MAX;
}

struct zone *zone_from_bytes(const char *name, const unsigned char *bytes, size_t length, struct err *err)
{
	struct reader reader = {bytes, length};
	struct header header;

	if (!read_header(&reader, &header) || header.version < '2' || !skip_block(&reader, &header, 4) ||
	    !read_header(&reader, &header) || !usable(&header)) {
		(void)err_set(err, ERR_CONFIG, "zone %s: not TZif version 2 or later, or with leap seconds", name);
		return NULL;
	}
	const unsigned char *const block = reader.at;
	struct zone *const zone = calloc(1, sizeof(*zone) + header.shift_count * sizeof(zone->shifts[0]));
	if (zone == NULL) {
		(void)err_set(err, ERR_CONFIG, "zone %s: no memory", name);
		return NULL;
	}
	(void)snprintf(zone->name, sizeof(zone->name), "%s", name);
	if (!skip_block(&reader, &header, 8) || !read_shifts(zone, &header, block) || !read_footer(zone, &reader) ||
	    zone->least < -OFFSET_MAX || zone->most > OFFSET_MAX) {
		(void)err_set(err, ERR_CONFIG, "zone %s: the TZif data is damaged", name);
		zone_close(zone);
		return NULL;
	}
	return zone;
}

/* Names come from policy files: only what cannot leave the directory. No dot is allowed, hence no "..". */
static bool safe_name(const char *name)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
	const size_t length = strnlen(name, NAME_SIZE);

	return length > 0 && length < NAME_SIZE && name[0] != '/' && strspn(name, allowed) == length;
}

struct zone *zone_open(const char *name, struct err *err)
{
	char path[PATH_SIZE];
	unsigned char *bytes = NULL;
	struct zone *zone = NULL;

	if (!safe_name(name)) {
		(void)err_set(err, ERR_CONFIG, "a zone has a name like America/Los_Angeles");
		return NULL;
	}
	(void)snprintf(path, sizeof(path), "%s%s", ZONE_DIRECTORY, name);
	FILE *const file = fopen(path, "rbe");
	if (file == NULL) {
		(void)err_set(err, ERR_CONFIG, "zone %s: %s cannot be opened", name, path);
		return NULL;
	}
	bytes = malloc(FILE_SIZE_MAX);
	if (bytes == NULL) {
		(void)err_set(err, ERR_CONFIG, "zone %s: no memory", name);
		goto out;
	}
	const size_t length = fread(bytes, 1, FILE_SIZE_MAX, file);
	if (ferror(file) || length == FILE_SIZE_MAX) {
		(void)err_set(err, ERR_CONFIG, "zone %s: %s cannot be read", name, path);
		goto out;
	}
	zone = zone_from_bytes(name, bytes, length, err);
out:
	free(bytes);
	(void)fclose(file);
	return zone;
}

void zone_close(struct zone *zone)
{
	free(zone);
}

const char *zone_name(const struct zone *zone)
{
	return zone->name;
}

/* The first shift after SECONDS, as a place in the table; as many as there are where none is. */
static size_t next_shift(const struct zone *zone, int64_t seconds)
{
	size_t low = 0;
	size_t high = zone->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (zone->shifts[middle].at <= seconds) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

static int32_t offset_before(const struct zone *zone, size_t shift)
{
	return shift == 0 ? zone->first_offset : zone->shifts[shift - 1].offset;
}

static int32_t offset_at(const struct zone *zone, int64_t seconds)
{
	if (zone->has_rule && (zone->count == 0 || seconds >= zone->shifts[zone->count - 1].at)) {
		return zone_rule_offset(&zone->rule, seconds);
	}
	return offset_before(zone, next_shift(zone, seconds));
}

static int64_t floor_divide(int64_t value, int64_t by)
{
	return value / by - (value % by < 0 ? 1 : 0);
}

int zone_offset(const struct zone *zone, struct instant instant)
{
	return zone != NULL ? offset_at(zone, floor_divide(instant.us, US_PER_SECOND)) : 0;
}

static int64_t local_seconds(const struct zone *zone, struct instant instant)
{
	return floor_divide(instant.us, US_PER_SECOND) + zone_offset(zone, instant);
}

struct civil_date zone_date(const struct zone *zone, struct instant instant)
{
	const int64_t day = floor_divide(local_seconds(zone, instant), SECONDS_PER_DAY);

	return civil_add_days((struct civil_date){0}, (int)day);
}

int zone_second_of_day(const struct zone *zone, struct instant instant)
{
	const int64_t local = local_seconds(zone, instant);

	return (int)(local - floor_divide(local, SECONDS_PER_DAY) * SECONDS_PER_DAY);
}

/*
 * Every instant that could show LOCAL lies between LOCAL minus the largest and LOCAL minus the smallest
 * offset of the zone. The offsets at those two ends are the ones before and after the change between them, if
 * there is one; mostly there is none.
 */
static struct instant instant_of(const struct zone *zone, int64_t local, bool last)
{
	const size_t next = next_shift(zone, local - zone->most);
	if (next < zone->count && zone->shifts[next].at > local - zone->least) {
		return (struct instant){(local - offset_before(zone, next)) * US_PER_SECOND};
	}
	const int32_t before = offset_at(zone, local - zone->most);
	const int32_t after = offset_at(zone, local - zone->least);
	const bool shown_before = offset_at(zone, local - before) == before;
	const bool shown_after = offset_at(zone, local - after) == after;
	const bool take_after = shown_after && (last || !shown_before);

	return (struct instant){(local - (take_after ? after : before)) * US_PER_SECOND};
}

struct instant zone_instant(const struct zone *zone, struct civil_date date, int second_of_day)
{
	return instant_of(zone, (int64_t)date.day * SECONDS_PER_DAY + second_of_day, false);
}

struct instant zone_end_of_day(const struct zone *zone, struct civil_date date)
{
	return instant_of(zone, (int64_t)date.day * SECONDS_PER_DAY + SECONDS_PER_DAY - 1, true);
}

const char *zone_format(const struct zone *zone, struct instant instant, char buffer[INSTANT_TEXT_SIZE])
{
	if (zone == NULL) {
		return instant_format_utc(instant, buffer);
	}
	/*
	 * Local mean times have seconds in their offset, RFC 3339 has not: the whole minute keeps the instant
	 * true.
	 */
	return instant_format_offset(instant, zone_offset(zone, instant) / 60, buffer);
}
