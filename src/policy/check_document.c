/* SPDX-License-Identifier: Apache-2.0 */
/* document: one paper of a type that passes every stated part. The candidate that comes nearest explains what is wrong. */
#include "policy/check.h"

#include "base/text.h"
#include "policy/papers.h"
#include "policy/words.h"

enum { COVER_DAYS_MAX = 366, AGE_KINDS_MAX = 8, AGE_YEARS_MAX = 120 };

/* kinds_by_age: the kinds that suit a member younger than BELOW on the date of the paper. */
struct age_kinds {
	int below; /* 0: any age */
	const struct word_set *kinds;
};

struct document_check {
	struct check check;
	struct paper_types papers;
	const struct word_set *kinds;
	const struct word_set *authors;
	const struct window *window;
	struct age_kinds by_age[AGE_KINDS_MAX];
	size_t by_age_count;
	enum paper_dating dated;
	bool asks_by;
	enum check_day by; /* dated on or before that day */
	int cover_days; /* 0: not asked for */
	bool cover_from_admission; /* or all days from the admission on */
	bool asks_meeting;
	bool meeting;
	bool dated_needed; /* some part asks for a date */
};

/* What one candidate lacks. */
struct candidate {
	size_t from;
	size_t to;
	unsigned wrong;
	unsigned unanswered;
	struct civil_date day; /* ties go to the newest paper */
};

static const char *needed_date(const struct document_check *wants, const struct evaluator *evaluator)
{
	if (!wants->window) {
		return NULL;
	}
	return arena_printf(evaluator->arena, "%s or later",
			    window_earliest_text(evaluator->arena, wants->window, &evaluator->anchor));
}

static void add_undated(const struct document_check *wants, struct evaluator *evaluator, struct trace *trace,
			const char *pointer)
{
	trace_add(trace, PROBLEM_MISSING, pointer,
		  (struct entry){.needed = needed_date(wants, evaluator),
				 .say = sentence(trace->arena, "the %s has no date.", wants->papers.phrase),
				 .fix = sentence(trace->arena, "give the date of the %s.", wants->papers.phrase)});
}

static const char *age_words(struct arena *arena, const struct window *window, int days)
{
	if (window->unit == WINDOW_HOURS && days < 1) {
		return "too old";
	}
	return arena_printf(arena, "%d day%s old", days, days == 1 ? "" : "s");
}

static void add_stale(const struct document_check *wants, struct evaluator *evaluator, struct trace *trace, const char *pointer,
		      const struct value *date)
{
	struct arena *arena = trace->arena;
	const char *needed = needed_date(wants, evaluator);
	const struct civil_date day = value_day(date, evaluator->anchor.zone);
	const char *age = age_words(arena, wants->window, civil_days_between(day, evaluator->submission->received_on));
	trace_add(
		trace, PROBLEM_STALE, pointer,
		(struct entry){.found = value_text(arena, date, evaluator->anchor.zone),
			       .needed = needed,
			       .say = sentence(arena, "the %s is %s; it must be dated %s.", wants->papers.phrase, age, needed),
			       .fix = sentence(arena, "send %s dated %s.", wants->papers.an, needed)});
}

static void add_future(const struct document_check *wants, struct evaluator *evaluator, struct trace *trace,
		       const char *pointer, const struct value *date)
{
	char buffer[CIVIL_TEXT_SIZE];
	const char *today = civil_format(evaluator->anchor.today, buffer);
	trace_add(
		trace, PROBLEM_INVALID, pointer,
		(struct entry){.found = value_text(trace->arena, date, evaluator->anchor.zone),
			       .needed = arena_printf(trace->arena, "%s or earlier", today),
			       .say = sentence(trace->arena, "the %s is dated after the day it arrived.", wants->papers.phrase),
			       .fix = sentence(trace->arena, "correct the date of the %s.", wants->papers.phrase)});
}

static void add_too_late(const struct document_check *wants, struct evaluator *evaluator, struct trace *trace,
			 const char *pointer, const struct value *date, struct civil_date day)
{
	char buffer[CIVIL_TEXT_SIZE];
	const char *first = civil_format(day, buffer);
	trace_add(trace, PROBLEM_INVALID, pointer,
		  (struct entry){.found = value_text(trace->arena, date, evaluator->anchor.zone),
				 .needed = arena_printf(trace->arena, "%s or earlier", first),
				 .say = sentence(trace->arena, "the %s is dated after %s.", wants->papers.phrase, first)});
}

static void judge_date(const struct document_check *wants, struct evaluator *evaluator, struct trace *trace,
		       const struct record *document, struct candidate *candidate)
{
	const char *pointer;
	const struct value *date = paper_date(evaluator, trace->arena, document, wants->dated, &pointer);
	if (!date) {
		if (wants->dated_needed) {
			candidate->wrong++;
			add_undated(wants, evaluator, trace, pointer);
		}
		return;
	}
	candidate->day = value_day(date, evaluator->anchor.zone);
	switch (window_judge(wants->window, &evaluator->anchor, date)) {
	case WINDOW_INSIDE: break;
	case WINDOW_STALE:
		candidate->wrong++;
		add_stale(wants, evaluator, trace, pointer, date);
		return;
	case WINDOW_FUTURE:
		candidate->wrong++;
		add_future(wants, evaluator, trace, pointer, date);
		return;
	}
	struct civil_date day;
	if (wants->asks_by && evaluator_day(evaluator, wants->by, &day) && civil_compare(candidate->day, day) > 0) {
		candidate->wrong++;
		add_too_late(wants, evaluator, trace, pointer, date, day);
	}
}

/* A member who came later than the days that are asked for has no more of them. */
static bool covers_from_admission(const struct document_check *wants, const struct evaluator *evaluator, struct civil_date from)
{
	const struct value *admitted = wants->cover_from_admission ? admission_moment(evaluator) : NULL;
	return admitted && civil_compare(from, value_day(admitted, evaluator->anchor.zone)) <= 0;
}

static void judge_cover(const struct document_check *wants, struct evaluator *evaluator, struct trace *trace,
			const struct record *document, struct candidate *candidate)
{
	const struct value *from = &document->values[evaluator->places->covers_from];
	const struct value *to = &document->values[evaluator->places->covers_to];
	if (!value_given(from) || !value_given(to)) {
		candidate->unanswered++;
		trace_add(trace, PROBLEM_UNANSWERED,
			  paper_pointer(trace->arena, document, value_given(from) ? "covers/to" : "covers/from"),
			  (struct entry){.say = sentence(trace->arena, "the %s does not say which days it covers.",
							 wants->papers.phrase)});
		return;
	}
	const struct civil_date first = value_day(from, evaluator->anchor.zone);
	const int days = civil_days_between(first, value_day(to, evaluator->anchor.zone)) + 1;
	if (days < wants->cover_days && !covers_from_admission(wants, evaluator, first)) {
		candidate->wrong++;
		trace_add(trace, PROBLEM_INVALID, paper_pointer(trace->arena, document, "covers"),
			  (struct entry){.found = arena_printf(trace->arena, "%d days", days),
					 .needed = arena_printf(trace->arena, "%d days", wants->cover_days),
					 .say = sentence(trace->arena, "the %s covers %d days; %d are asked for.",
							 wants->papers.phrase, days, wants->cover_days)});
	}
}

/* Of such a time nothing can be told: neither how new it is nor how long. */
static bool judge_covered_time(const struct document_check *wants, struct evaluator *evaluator, struct trace *trace,
			       const struct record *document, struct candidate *candidate)
{
	const char *pointer;
	if ((wants->dated != DATED_COVERS && wants->cover_days == 0) || !paper_covers_reversed(evaluator, document)) {
		return true;
	}
	const struct value *to = paper_date(evaluator, trace->arena, document, DATED_COVERS, &pointer);
	candidate->wrong++;
	trace_add(trace, PROBLEM_INVALID, pointer,
		  (struct entry){.found = value_text(trace->arena, to, evaluator->anchor.zone),
				 .say = sentence(trace->arena, "the time that the %s covers ends before it begins.",
						 wants->papers.phrase),
				 .fix = sentence(trace->arena, "correct the time that the %s covers.", wants->papers.phrase)});
	return false;
}

static void judge_kind(const struct document_check *wants, const struct word_set *kinds, struct evaluator *evaluator,
		       struct trace *trace, const struct record *document, struct candidate *candidate)
{
	const struct value *kind = &document->values[evaluator->places->document_kind];
	const bool given = value_given(kind) && !text_blank(kind->text);
	if (given && words_have(kinds, kind)) {
		return;
	}
	candidate->wrong += given;
	candidate->unanswered += !given;
	trace_add(trace, given ? PROBLEM_WRONG_KIND : PROBLEM_UNANSWERED, paper_pointer(trace->arena, document, "kind"),
		  (struct entry){.needed = kinds->text,
				 .say = sentence(trace->arena,
						 given ? "the %s is of the wrong kind; needed is %s."
						       : "we cannot tell which kind the %s is; needed is %s.",
						 wants->papers.phrase, kinds->phrase)});
}

static void judge_author(const struct document_check *wants, struct evaluator *evaluator, struct trace *trace,
			 const struct record *document, struct candidate *candidate)
{
	const struct value *credential = &document->values[evaluator->places->credential];
	const bool given = value_given(credential) && !text_blank(credential->text);
	if (given && words_have(wants->authors, credential)) {
		return;
	}
	candidate->wrong += given;
	candidate->unanswered += !given;
	trace_add(trace, given ? PROBLEM_UNQUALIFIED : PROBLEM_UNANSWERED,
		  paper_pointer(trace->arena, document, "author/credential"),
		  (struct entry){.needed = wants->authors->text,
				 .say = sentence(trace->arena,
						 given ? "the author of the %s does not have a credential that counts."
						       : "we cannot tell which credential the author of the %s has.",
						 wants->papers.phrase)});
}

static void judge_meeting(const struct document_check *wants, struct evaluator *evaluator, struct trace *trace,
			  const struct record *document, struct candidate *candidate)
{
	const struct value *meeting = &document->values[evaluator->places->face_to_face];
	const bool given = value_given(meeting);
	if (given && meeting->boolean == wants->meeting) {
		return;
	}
	candidate->wrong += given;
	candidate->unanswered += !given;
	trace_add(trace, given ? PROBLEM_INVALID : PROBLEM_UNANSWERED, paper_pointer(trace->arena, document, "face_to_face"),
		  (struct entry){.needed = wants->meeting ? "yes" : "no",
				 .say = sentence(trace->arena,
						 !given ? "we cannot tell whether the %s rests on a meeting face to face."
						 : wants->meeting ? "the %s does not rest on a meeting face to face."
								  : "the %s rests on a meeting face to face.",
						 wants->papers.phrase)});
}

/* The kinds that suit the member's age on the date of the paper. */
static void judge_kind_by_age(const struct document_check *wants, struct evaluator *evaluator, struct trace *trace,
			      const struct record *document, struct candidate *candidate)
{
	const struct value *birth = body_value(evaluator, evaluator->places->birth_date);
	const char *pointer;
	const struct value *date = paper_date(evaluator, trace->arena, document, wants->dated, &pointer);
	if (!value_given(birth) || !date) {
		candidate->unanswered++;
		trace_add(trace, PROBLEM_UNANSWERED, date ? "/member/birth_date" : pointer,
			  (struct entry){.say = sentence(trace->arena,
							 "we cannot tell how old the member was on the date of the %s.",
							 wants->papers.phrase)});
		return;
	}
	const int age = civil_age(birth->date, value_day(date, evaluator->anchor.zone));
	for (size_t i = 0; i < wants->by_age_count; i++) {
		if (wants->by_age[i].below == 0 || age < wants->by_age[i].below) {
			judge_kind(wants, wants->by_age[i].kinds, evaluator, trace, document, candidate);
			return;
		}
	}
}

static struct candidate judge(const struct document_check *wants, struct evaluator *evaluator, struct trace *trace,
			      const struct record *document)
{
	struct candidate candidate = {.from = trace->count, .day = {INT32_MIN}};
	if (wants->kinds) {
		judge_kind(wants, wants->kinds, evaluator, trace, document, &candidate);
	}
	if (wants->by_age_count > 0) {
		judge_kind_by_age(wants, evaluator, trace, document, &candidate);
	}
	const bool sense = judge_covered_time(wants, evaluator, trace, document, &candidate);
	if (sense || wants->dated != DATED_COVERS) {
		judge_date(wants, evaluator, trace, document, &candidate);
	}
	if (sense && wants->cover_days > 0) {
		judge_cover(wants, evaluator, trace, document, &candidate);
	}
	if (wants->authors) {
		judge_author(wants, evaluator, trace, document, &candidate);
	}
	if (wants->asks_meeting) {
		judge_meeting(wants, evaluator, trace, document, &candidate);
	}
	candidate.to = trace->count;
	return candidate;
}

/* A paper that only leaves questions open comes nearer than one that is wrong. */
static bool nearer(const struct candidate *a, const struct candidate *b)
{
	if ((a->wrong > 0) != (b->wrong > 0)) {
		return a->wrong == 0;
	}
	if (a->wrong + a->unanswered != b->wrong + b->unanswered) {
		return a->wrong + a->unanswered < b->wrong + b->unanswered;
	}
	return civil_compare(a->day, b->day) > 0;
}

static enum answer evaluate_document(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct document_check *wants = (const struct document_check *)check;
	const size_t mark = trace->count;
	struct paper_walk walk = {0};
	struct candidate best = {0};
	bool any = false;
	const struct record *document;
	while ((document = papers_next(&wants->papers, evaluator, &walk))) {
		const struct candidate one = judge(wants, evaluator, trace, document);
		if (one.wrong == 0 && one.unanswered == 0) {
			trace_cut(trace, mark);
			trace->met_at = paper_pointer(trace->arena, document, wants->authors ? "author/credential" : "type");
			return ANSWER_MET;
		}
		if (!any || nearer(&one, &best)) {
			best = one;
			any = true;
		}
	}
	if (!any) {
		papers_missing(&wants->papers, trace, needed_date(wants, evaluator));
		return ANSWER_NOT_MET;
	}
	trace_keep(trace, mark, best.from, best.to);
	return best.wrong > 0 ? ANSWER_NOT_MET : ANSWER_UNKNOWN;
}

static bool compile_words(struct compiler *compiler, const struct json *arguments, const struct spot *spot, const char *name,
			  const char *path, const struct word_set **ret_words)
{
	const struct json *node;
	const struct spot here = spot_member(spot, name);
	struct slot slot;
	if (!argument_optional(compiler, arguments, spot, name, JSON_ARRAY, &node)) {
		return false;
	}
	if (!node) {
		return true;
	}
	*ret_words =
		words_compile(compiler, node, &here, shape_find(compiler->vocabulary->request, path, &slot) ? &slot : NULL);
	return *ret_words != NULL;
}

static bool compile_kinds_by_age(struct compiler *compiler, const struct json *arguments, const struct spot *spot,
				 struct document_check *made)
{
	static const char *const names[] = {"below", "kinds", NULL};
	const struct json *list;
	const struct spot at_list = spot_member(spot, "kinds_by_age");
	if (!argument_optional(compiler, arguments, spot, "kinds_by_age", JSON_ARRAY, &list)) {
		return false;
	}
	if (json_count(list) > AGE_KINDS_MAX) {
		spot_issue(compiler->issues, &at_list, "too_many", "at most %d ages", AGE_KINDS_MAX);
		return false;
	}
	for (const struct json *one = json_first(list); one; one = json_next(one)) {
		const struct spot here = spot_element(&at_list, made->by_age_count);
		struct age_kinds *added = &made->by_age[made->by_age_count++];
		if (!arguments_only(compiler, one, &here, names) ||
		    !compile_words(compiler, one, &here, "kinds", "/documents/*/kind", &added->kinds) ||
		    (json_member(one, "below") &&
		     !argument_count(compiler, one, &here, "below", 1, AGE_YEARS_MAX, &added->below))) {
			return false;
		}
		if (!added->kinds) {
			spot_issue(compiler->issues, &here, "missing_member", "kinds must be given");
			return false;
		}
	}
	return true;
}

static bool compile_dates(struct compiler *compiler, const struct json *arguments, const struct spot *spot,
			  struct document_check *made)
{
	static const char *const dated_names[] = {
		[DATED_LATEST] = "latest", [DATED_COMPLETED] = "completed", [DATED_COVERS] = "covers", NULL};
	static const char *const cover_names[] = {"days", "or_since", NULL};
	static const char *const since_names[] = {"admission", NULL};
	const struct json *window = json_member(arguments, "within");
	const struct json *dated = json_member(arguments, "dated");
	const struct json *by = json_member(arguments, "by");
	const struct json *covers = json_member(arguments, "covers");
	const struct spot at_window = spot_member(spot, "within");
	const struct spot at_dated = spot_member(spot, "dated");
	const struct spot at_by = spot_member(spot, "by");
	const struct spot at_covers = spot_member(spot, "covers");
	const struct spot at_since = spot_member(&at_covers, "or_since");
	const struct json *since = json_member(covers, "or_since");
	unsigned choice = 0;
	if (window && !(made->window = argument_window(compiler, window, &at_window))) {
		return false;
	}
	if (dated && !word_choice(compiler, dated, &at_dated, dated_names, &choice)) {
		return false;
	}
	made->dated = (enum paper_dating)choice;
	if (by && !check_day_compile(compiler, by, &at_by, &made->by)) {
		return false;
	}
	made->asks_by = by != NULL;
	if (covers && (!arguments_only(compiler, covers, &at_covers, cover_names) ||
		       !argument_count(compiler, covers, &at_covers, "days", 1, COVER_DAYS_MAX, &made->cover_days))) {
		return false;
	}
	if (since && !word_choice(compiler, since, &at_since, since_names, &choice)) {
		return false;
	}
	made->cover_from_admission = since != NULL;
	if (covers) {
		phrase_number(compiler, &compiler->phrases.days, made->cover_days);
	}
	made->dated_needed = window || dated || by;
	return true;
}

const struct check *compile_document(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"types", "kinds",  "kinds_by_age", "within",       "dated",
					    "by",    "covers", "author",       "face_to_face", NULL};
	struct document_check *made = arena_alloc(compiler->arena, sizeof(*made));
	const struct json *meeting;
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	bool good = papers_compile(compiler, arguments, spot, "types", &made->papers);
	good = compile_words(compiler, arguments, spot, "kinds", "/documents/*/kind", &made->kinds) && good;
	good = compile_words(compiler, arguments, spot, "author", "/documents/*/author/credential", &made->authors) && good;
	good = compile_kinds_by_age(compiler, arguments, spot, made) && good;
	good = compile_dates(compiler, arguments, spot, made) && good;
	good = argument_optional(compiler, arguments, spot, "face_to_face", JSON_BOOLEAN, &meeting) && good;
	made->asks_meeting = meeting != NULL;
	made->meeting = meeting && json_boolean(meeting);
	made->check = (struct check){evaluate_document, "/documents/-"};
	return good ? &made->check : NULL;
}
