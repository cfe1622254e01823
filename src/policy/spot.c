/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/spot.h"

#include "base/text.h"

#include <stdarg.h>
#include <string.h>

static void add_step(struct text *text, const struct spot *spot)
{
	if (!spot->parent) {
		text_puts(text, spot->file);
		text_puts(text, "#");
		return;
	}
	add_step(text, spot->parent);
	if (!spot->name) {
		text_printf(text, "/%zu", spot->index);
		return;
	}
	text_puts(text, "/");
	for (const char *at = spot->name; *at != '\0'; at++) {
		if (*at == '~' || *at == '/') {
			text_puts(text, *at == '~' ? "~0" : "~1");
		} else {
			text_add(text, at, 1);
		}
	}
}

const char *spot_text(struct arena *arena, const struct spot *spot)
{
	struct text text;
	text_init(&text, arena, 96);
	add_step(&text, spot);
	return text.data;
}

void spot_issue(struct issues *issues, const struct spot *spot, const char *code, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	const char *detail = arena_vprintf(issues->arena, format, arguments);
	va_end(arguments);
	issues_add(issues, spot_text(issues->arena, spot), code, NULL, "%s", detail);
}

const char *spot_near(struct arena *arena, const char *given, const char *const *names, size_t count)
{
	const char *near = text_nearest(given, names, count);
	return near ? arena_printf(arena, "; did you mean \"%s\"?", near) : "";
}

const char *spot_near_member(struct arena *arena, const char *given, const struct json *object)
{
	const char **names = arena_array(arena, json_count(object) + 1, sizeof(*names));
	size_t count = 0;
	for (const struct json *one = json_first(object); one; one = json_next(one)) {
		names[count++] = json_name(one);
	}
	return spot_near(arena, given, names, count);
}

const char *spot_quoted_number(const struct json *node)
{
	const char *text = json_text(node);
	const bool number = text && text[0] != '\0' && text[strspn(text, "0123456789.")] == '\0';
	return number ? "; a number stands without quotes" : "";
}
