/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"

#include "base/arena.h"
#include "base/instant.h"
#include "base/json_write.h"
#include "base/text.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum { TEXT_MAX = 512 };

static const char *const level_names[] = {
	[LOG_ERROR] = "error",
	[LOG_WARNING] = "warning",
	[LOG_INFO] = "info",
	[LOG_DEBUG] = "debug",
};

/* Set once from the arguments, before the threads; atomic so that a later change is no race. */
static atomic_int level_shown = LOG_INFO;

void log_set_level(enum log_level level)
{
	atomic_store_explicit(&level_shown, (int)level, memory_order_relaxed);
}

/* Cut to what one field may take, and always UTF-8: text from a client may be neither. */
static const char *presentable(struct arena *arena, const char *value)
{
	const size_t length = strnlen(value, TEXT_MAX + 1);
	size_t kept = length > TEXT_MAX ? TEXT_MAX : length;
	while (length > TEXT_MAX && kept > TEXT_MAX - 3 && ((unsigned char)value[kept] & 0xC0) == 0x80) {
		kept--;
	}
	char *text = arena_text(arena, value, kept);
	for (size_t at = 0; at < kept;) {
		const size_t step = text_character(text + at, kept - at);
		if (step == 0) {
			text[at] = '?';
		}
		at += step == 0 ? 1 : step;
	}
	return text;
}

/*
 * One write for one line: lines of different threads do not mix. A log that cannot be written is not worth
 * more than a try.
 */
static void write_line(const struct text *line)
{
	ssize_t written;
	do {
		written = write(STDERR_FILENO, line->data, line->length);
	} while (written < 0 && errno == EINTR);
}

void log_event(enum log_level level, const char *event, const struct log_field *fields, unsigned count)
{
	if ((int)level > atomic_load_explicit(&level_shown, memory_order_relaxed)) {
		return;
	}
	struct arena *arena = arena_create();
	struct text line;
	struct json_writer writer;
	char at[INSTANT_TEXT_SIZE];
	text_init(&line, arena, 512);
	json_writer_init(&writer, &line);
	json_open_object(&writer);
	json_member_text(&writer, "at", instant_format_utc(instant_now(), at));
	json_member_text(&writer, "level", level_names[level]);
	json_member_text(&writer, "event", event);
	for (unsigned i = 0; i < count; i++) {
		if (fields[i].text != NULL) {
			json_member_text(&writer, fields[i].name, presentable(arena, fields[i].text));
		} else {
			json_member_integer(&writer, fields[i].name, fields[i].number);
		}
	}
	json_close_object(&writer);
	text_add(&line, "\n", 1);
	write_line(&line);
	arena_destroy(arena);
}
