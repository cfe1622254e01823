/* SPDX-License-Identifier: Apache-2.0 */
/* A group of a checklist on the page to print. */
#include "wire/requirement_group.h"

#include <string.h>

void html_escaped(struct text *out, const char *string)
{
	for (const char *at = string; *at != '\0'; at++) {
		switch (*at) {
		case '&': text_puts(out, "&amp;"); break;
		case '<': text_puts(out, "&lt;"); break;
		case '>': text_puts(out, "&gt;"); break;
		case '"': text_puts(out, "&quot;"); break;
		default: text_add(out, at, 1);
		}
	}
}

/* The owner as people say it: the policy's own word, else without its underscores. */
static const char *owner_words(const struct requirement *requirement, const struct policy *policy, struct arena *arena)
{
	const char *owner = requirement->item->owner;
	const char *said = json_text(json_member(json_member(policy->manifest, "words"), owner));
	char *plain = arena_copy(arena, said != NULL ? said : owner);
	for (char *at = plain; *at != '\0'; at++) {
		*at = *at == '_' ? ' ' : *at;
	}
	return plain;
}

static void html_cites(struct text *out, const struct item *item)
{
	text_puts(out, " <cite>");
	for (size_t i = 0; i < item->cite_count; i++) {
		text_puts(out, i > 0 ? ", " : "");
		html_escaped(out, item->cite[i]);
	}
	text_puts(out, "</cite>");
}

/* What does not stand in the source says so. */
static const char *basis_words(const char *basis)
{
	if (strcmp(basis, "default") == 0) {
		return "A default: the source does not say it.";
	}
	return strcmp(basis, "overlay") == 0 ? "The law, on top of the policy." : NULL;
}

/* ---- lines below an item ---- */

/* What may be said of every item alike, in the order in which it stands below one. */
enum line { LINE_APPLIES, LINE_ONCE, LINE_ELSE, LINE_ASK, LINE_CLOCK, LINE_OWNER, LINE_FOLLOWS, LINE_COUNT };

static const struct {
	const char *before;
	const char *after;
} lines[] = {
	[LINE_APPLIES] = {"Only where ", "."},
	[LINE_ONCE] = {"Only once this is met: ", ""},
	[LINE_ELSE] = {"If not: ", ""},
	[LINE_ASK] = {"", ""},
	[LINE_CLOCK] = {"", ""},
	[LINE_OWNER] = {"Owed by: ", ""},
	[LINE_FOLLOWS] = {"", ""},
};

_Static_assert(sizeof(lines) / sizeof(lines[0]) == LINE_COUNT, "every line has its words");

/* What follows is said where it differs from item to item; else the title of the group says it. */
static bool says_follows(enum item_kind kind)
{
	return kind == KIND_JUDGMENT || kind == KIND_NOTICE || kind == KIND_APPEAL;
}

/* NULL where the item has none. */
static const char *line_of(enum line line, const struct requirement *requirement, const struct program *program,
			   struct arena *arena)
{
	const enum item_kind kind = requirement->item->kind;
	switch (line) {
	case LINE_APPLIES: return requirement->where;
	case LINE_ONCE: return requirement->once;
	case LINE_ELSE: return kind == KIND_ELIGIBILITY && !program->recorded ? requirement->follows : NULL;
	case LINE_ASK: return requirement->ask;
	case LINE_CLOCK: return requirement->clock;
	case LINE_OWNER: return kind == KIND_OBLIGATION ? owner_words(requirement, program->policy, arena) : NULL;
	case LINE_FOLLOWS: return says_follows(kind) ? requirement->follows : NULL;
	case LINE_COUNT: break;
	}
	return NULL;
}

/* ---- what a group says once ---- */

/* The items of one group. */
struct members {
	const struct requirement *const *list;
	size_t count;
};

struct shared {
	const char *lines[LINE_COUNT]; /* what most items say, or NULL */
	const char *paused; /* when nothing begins, of duties that say so alike, or NULL */
	const char *before; /* the conditions of what several come after, or NULL */
};

enum { SHARED_LEAST = 3 };

/* The most frequent of COUNT texts; NULLs are none. */
static const char *most_frequent(const char *const *said, size_t count, size_t *ret_times)
{
	const char *most = NULL;
	size_t most_times = 0;
	for (size_t i = 0; i < count; i++) {
		size_t times = 0;
		for (size_t k = 0; said[i] != NULL && k < count; k++) {
			times += said[k] != NULL && strcmp(said[k], said[i]) == 0;
		}
		most = times > most_times ? said[i] : most;
		most_times = times > most_times ? times : most_times;
	}
	*ret_times = most_times;
	return most;
}

/* Said once only where every item has such a line, or says that it has none: a missing line never says what another says. */
static const char *shared_line(enum line line, const char *const *said, size_t count)
{
	size_t times;
	const char *most = most_frequent(said, count, &times);
	for (size_t i = 0; i < count; i++) {
		if (said[i] == NULL && line != LINE_ONCE) {
			return NULL;
		}
	}
	return times == count || (times >= SHARED_LEAST && times > count / 2) ? most : NULL;
}

static struct shared find_shared(const struct members *members, const struct program *program, struct arena *arena)
{
	struct shared shared = {{NULL}, NULL, NULL};
	const char **said = arena_array(arena, members->count + 1, sizeof(*said));
	for (enum line line = 0; line < LINE_COUNT; line++) {
		for (size_t i = 0; i < members->count; i++) {
			said[i] = line_of(line, members->list[i], program, arena);
		}
		/* of a single item all stands below it */
		shared.lines[line] = members->count > 1 ? shared_line(line, said, members->count) : NULL;
	}
	size_t times;
	for (size_t i = 0; i < members->count; i++) {
		said[i] = members->list[i]->paused;
	}
	const char *paused = most_frequent(said, members->count, &times);
	shared.paused = times >= SHARED_LEAST && shared.lines[LINE_CLOCK] == NULL ? paused : NULL;
	for (size_t i = 0; i < members->count; i++) {
		said[i] = members->list[i]->before;
	}
	const char *before = most_frequent(said, members->count, &times);
	shared.before = times >= SHARED_LEAST && shared.lines[LINE_APPLIES] == NULL ? before : NULL;
	return shared;
}

/* Whether every item says LINE as it is shared. */
static bool all_say(const struct members *members, const struct program *program, enum line line, const char *shared,
		    struct arena *arena)
{
	for (size_t i = 0; i < members->count; i++) {
		const char *said = line_of(line, members->list[i], program, arena);
		if (said == NULL || strcmp(said, shared) != 0) {
			return false;
		}
	}
	return true;
}

static void html_shared(struct text *out, const struct members *members, const struct program *program,
			const struct shared *shared)
{
	for (enum line line = 0; line < LINE_COUNT; line++) {
		const char *said = shared->lines[line];
		if (said != NULL) {
			const bool all = all_say(members, program, line, said, out->arena);
			text_printf(out, "<p>%s", lines[line].before);
			html_escaped(out, said);
			text_printf(out, "%s%s</p>\n", lines[line].after, all ? "" : " (Unless an item says otherwise.)");
		}
	}
	if (shared->paused != NULL) {
		text_puts(out, "<p>Of a duty that is \"paused as said above\": ");
		html_escaped(out, shared->paused);
		text_puts(out, "</p>\n");
	}
	if (shared->before != NULL) {
		text_puts(out, "<p>What says \"only in this case\" applies only where ");
		html_escaped(out, shared->before);
		text_puts(out, ".</p>\n");
	}
}

/* ---- items ---- */

static void html_small(struct text *out, const char *before, const char *said, const char *after)
{
	if (said != NULL) {
		text_printf(out, "<br><small>%s", before);
		html_escaped(out, said);
		text_printf(out, "%s</small>", after);
	}
}

/* The clock with a short word for the pause that stands above. */
static const char *clock_words(const struct requirement *requirement, const struct shared *shared, struct arena *arena)
{
	const char *paused = requirement->paused;
	const char *at = paused != NULL && shared->paused != NULL && strcmp(paused, shared->paused) == 0
				 ? strstr(requirement->clock, paused)
				 : NULL;
	return at == NULL ? requirement->clock
			  : arena_printf(arena, "%.*sPaused as said above.%s", (int)(at - requirement->clock),
					 requirement->clock, at + strlen(paused));
}

static bool equal(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* On what it hangs, with a short word for what stands above. */
static void html_where(struct text *out, const struct requirement *requirement, const struct shared *shared)
{
	if (equal(requirement->where, shared->before)) {
		html_small(out, "Only in this case.", "", "");
	} else if (equal(requirement->before, shared->before)) {
		html_small(out, "Only in this case, and where ", requirement->own, ".");
	} else {
		html_small(out, lines[LINE_APPLIES].before, requirement->where, lines[LINE_APPLIES].after);
	}
}

static void html_line(struct text *out, enum line line, const char *said, const struct requirement *requirement,
		      const struct shared *shared)
{
	if (equal(said, shared->lines[line])) {
		return;
	}
	if (line == LINE_APPLIES) {
		html_where(out, requirement, shared);
	} else if (line == LINE_ONCE && said == NULL && shared->lines[line] != NULL) {
		html_small(out,
			   equal(requirement->text, shared->lines[line]) ? "The others hang on this."
									 : "Also where that is not met.",
			   "", "");
	} else {
		html_small(out, lines[line].before,
			   said == NULL || line != LINE_CLOCK ? said : clock_words(requirement, shared, out->arena),
			   lines[line].after);
	}
}

static void html_item(struct text *out, const struct requirement *requirement, const struct program *program,
		      const struct shared *shared)
{
	text_puts(out, "<li><span class=\"box\" aria-hidden=\"true\"></span> ");
	html_escaped(out, requirement->text);
	html_cites(out, requirement->item);
	for (enum line line = 0; line < LINE_COUNT; line++) {
		html_line(out, line, line_of(line, requirement, program, out->arena), requirement, shared);
	}
	html_small(out, "", basis_words(requirement->item->basis), "");
	html_small(out, "Read so: ", requirement->item->note, "");
	text_puts(out, "</li>\n");
}

void html_group(struct text *out, const struct program *program, const struct requirement_group *group,
		const struct requirement *requirements, size_t count)
{
	const struct requirement **list = arena_array(out->arena, count + 1, sizeof(const struct requirement *));
	struct members members = {list, 0};
	for (size_t i = 0; i < count; i++) {
		if (requirement_group_holds(group, program, requirements[i].item)) {
			list[members.count++] = &requirements[i];
		}
	}
	if (members.count == 0) {
		return;
	}
	const struct shared shared = find_shared(&members, program, out->arena);
	text_printf(out, "<h2>%s</h2>\n", group->title);
	html_shared(out, &members, program, &shared);
	text_puts(out, "<ul>\n");
	for (size_t i = 0; i < members.count; i++) {
		html_item(out, members.list[i], program, &shared);
	}
	text_puts(out, "</ul>\n");
}
