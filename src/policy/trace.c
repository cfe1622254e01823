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
	if (arena_muted(trace->arena)) {
		trace->count++;
		return;
	}
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

void entry_word(const struct evaluator *evaluator, struct entry *entry)
{
	const struct unworded *unworded = entry->unworded;
	if (unworded) {
		entry->unworded = NULL;
		unworded->word(unworded, evaluator, entry);
	}
}

void trace_cut(struct trace *trace, size_t mark)
{
	trace->count = mark;
}

void trace_keep(struct trace *trace, size_t mark, size_t from, size_t to)
{
	if (from != mark && trace->entries) {
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
