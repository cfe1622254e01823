/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One JSON object per line on standard error. Ids, codes and counts only: never bodies, names, query values
 * or tokens.
 */
#ifndef AR_BASE_LOG_H
#define AR_BASE_LOG_H

#include <stdint.h>

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

struct log_field {
	const char *name;
	const char *text; /* NULL: the number is written */
	int64_t number;
};

static inline const char *log_text(const char *text)
{
	return text ? text : "";
}

#define LOG_TEXT(n, v) ((struct log_field){.name = (n), .text = log_text(v)})
#define LOG_NUMBER(n, v) ((struct log_field){.name = (n), .number = (v)})

void log_set_level(enum log_level level);

/*
 * Writes {"at":…,"level":…,"event":EVENT, fields…}; control characters are escaped, text is cut at 512
 * bytes. Thread-safe.
 */
void log_event(enum log_level level, const char *event, const struct log_field *fields, unsigned count);

#define LOG(level, event, ...) \
	log_event((level), (event), (const struct log_field[]){__VA_ARGS__}, \
		  (unsigned)(sizeof((const struct log_field[]){__VA_ARGS__}) / sizeof(struct log_field)))

#endif
