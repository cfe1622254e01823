/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/trace.h"

#include "base/text.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

enum { TRACE_FIRST = 8 };

void trace_init(struct trace *trace, struct arena *arena)
{
	*trace = (struct trace){.arena = arena};
}

void trace_add(struct trace *trace, enum problem problem, const char *pointer, struct entry entry)
{
	if (trace->count == trace->capacity) {
		const size_t capacity = trace->capacity ? trace->capacity * 2 : TRACE_FIRST;
		struct entry *entries = arena_array(trace->arena, capacity, sizeof(*entries));
		if (trace->count > 0) {
			memcpy(entries, trace->entries, trace->count * sizeof(*entries));
		}
		trace->entries = entries;
		trace->capacity = capacity;
	}
	entry.problem = problem;
	entry.pointer = pointer;
	trace->entries[trace->count++] = entry;
}

void trace_cut(struct trace *trace, size_t mark)
{
	trace->count = mark;
}

void trace_keep(struct trace *trace, size_t mark, size_t from, size_t to)
{
	if (from != mark) {
		memmove(trace->entries + mark, trace->entries + from, (to - from) * sizeof(*trace->entries));
	}
	trace->count = mark + (to - from);
}

const char *sentence(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	char *text = arena_vprintf(arena, format, arguments);
	va_end(arguments);
	text[0] = (char)toupper((unsigned char)text[0]);
	return text;
}

const char *days_text(struct arena *arena, struct day_set days)
{
	struct text text;
	char from[CIVIL_TEXT_SIZE];
	char to[CIVIL_TEXT_SIZE];
	text_init(&text, arena, 64);
	text_puts(&text, "");
	for (size_t i = 0; i < days.count; i++) {
		const struct day_span *span = &days.spans[i];
		text_puts(&text, i > 0 ? ", " : "");
		text_puts(&text, civil_format(span->from, from));
		if (civil_compare(span->from, span->to) != 0) {
			text_printf(&text, " to %s", civil_format(span->to, to));
		}
	}
	return text.data;
}
