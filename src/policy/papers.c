/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/papers.h"

#include <string.h>

bool papers_compile(struct compiler *compiler, const struct json *arguments, const struct spot *spot, const char *name,
		    struct paper_types *ret_types)
{
	if (!argument_types(compiler, arguments, spot, name, &ret_types->types, &ret_types->count)) {
		return false;
	}
	const struct term *term = &compiler->vocabulary->types[ret_types->types[0]];
	ret_types->phrase = term->phrase;
	ret_types->an = term->an;
	return true;
}

const struct record *papers_next(const struct paper_types *types, const struct evaluator *evaluator, struct paper_walk *walk)
{
	while (walk->type < types->count) {
		const uint16_t type = types->types[walk->type];
		const struct groups *groups = &evaluator->by_type;
		const uint32_t at = groups->from[type] + (uint32_t)walk->place;
		if (at < groups->from[type + 1]) {
			walk->place++;
			return evaluator->documents[groups->order[at]];
		}
		walk->type++;
		walk->place = 0;
	}
	return NULL;
}

void papers_missing(const struct paper_types *types, struct trace *trace, const char *needed)
{
	trace_add(trace, PROBLEM_MISSING, "/documents/-",
		  (struct entry){.needed = needed,
				 .say = sentence(trace->arena, "we have no %s.", types->phrase),
				 .fix = sentence(trace->arena, "send %s.", types->an)});
}

const char *paper_pointer(struct arena *arena, const struct record *document, const char *rest)
{
	return arena_printf(arena, "/documents/%u/%s", document->index, rest);
}

static const struct value *own_date(const struct evaluator *evaluator, const struct record *document, enum paper_dating dating,
				    const char **ret_member)
{
	const struct value *completed = &document->values[evaluator->places->completed_on];
	const struct value *updated = &document->values[evaluator->places->updated_on];
	const struct value *covers = &document->values[evaluator->places->covers_to];
	*ret_member = "completed_on";
	switch (dating) {
	case DATED_COVERS: *ret_member = "covers/to"; return value_given(covers) ? covers : NULL;
	case DATED_COMPLETED: return value_given(completed) ? completed : NULL;
	case DATED_LATEST: break;
	}
	if (value_given(updated) && (!value_given(completed) || civil_compare(updated->date, completed->date) > 0)) {
		*ret_member = "updated_on";
		return updated;
	}
	return value_given(completed) ? completed : NULL;
}

const struct value *paper_date(const struct evaluator *evaluator, struct arena *arena, const struct record *document,
			       enum paper_dating dating, const char **ret_pointer)
{
	const char *member;
	const struct value *date = own_date(evaluator, document, dating, &member);
	*ret_pointer = paper_pointer(arena, document, member);
	const struct value *part_of = &document->values[evaluator->places->part_of];
	if (date || !value_given(part_of)) {
		return date;
	}
	const struct record *whole = paper_by_id(evaluator, part_of->text);
	const struct value *whole_date = whole ? own_date(evaluator, whole, dating, &member) : NULL;
	if (whole_date) {
		*ret_pointer = paper_pointer(arena, whole, member);
	}
	return whole_date;
}

bool paper_covers_reversed(const struct evaluator *evaluator, const struct record *document)
{
	const struct value *part_of = &document->values[evaluator->places->part_of];
	const bool own = value_given(&document->values[evaluator->places->covers_to]) || !value_given(part_of);
	const struct record *whole = own ? document : paper_by_id(evaluator, part_of->text);
	if (!whole) {
		return false;
	}
	const struct value *from = &whole->values[evaluator->places->covers_from];
	const struct value *to = &whole->values[evaluator->places->covers_to];
	if (!value_given(from) || !value_given(to)) {
		return false;
	}
	if (from->type == VALUE_INSTANT && to->type == VALUE_INSTANT) {
		return instant_compare(to->instant, from->instant) < 0;
	}
	const struct zone *zone = evaluator->anchor.zone;
	return civil_compare(value_day(to, zone), value_day(from, zone)) < 0;
}

const struct value *papers_newest(const struct paper_types *types, const struct evaluator *evaluator, struct arena *arena,
				  const char **ret_pointer)
{
	struct paper_walk walk = {0};
	const struct value *newest = NULL;
	const struct record *document;
	*ret_pointer = "/documents/-";
	while ((document = papers_next(types, evaluator, &walk))) {
		const char *pointer;
		const struct value *date = paper_date(evaluator, arena, document, DATED_LATEST, &pointer);
		if (date && (!newest || civil_compare(date->date, newest->date) > 0)) {
			newest = date;
			*ret_pointer = pointer;
		}
	}
	return newest;
}

bool paper_is(const struct paper_types *types, const struct evaluator *evaluator, const struct record *document)
{
	const struct value *type = &document->values[evaluator->places->document_type];
	for (size_t i = 0; i < types->count; i++) {
		if (value_given(type) && type->word == types->types[i]) {
			return true;
		}
	}
	return false;
}

const struct record *paper_by_id(const struct evaluator *evaluator, const char *id)
{
	for (size_t i = 0; i < evaluator->document_count; i++) {
		const struct value *own = &evaluator->documents[i]->values[evaluator->places->document_id];
		if (value_given(own) && strcmp(own->text, id) == 0) {
			return evaluator->documents[i];
		}
	}
	return NULL;
}
