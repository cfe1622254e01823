/* SPDX-License-Identifier: Apache-2.0 */
/* The checks of a determination against rules that the shipped policy does not have, and what could be granted. */
#include "review/determination.h"
#include "review/determination_json.h"

#include "../run_suite.h"
#include "../sketch.h"
#include "base/text.h"

#include <check.h>
#include <string.h>

static const char *const licensed[] = {"psychiatrist", "psychologist"};
static const char *const physicians[] = {"psychiatrist"};
static const char *const rationale[] = {"rationale"};
static const char *const papers[] = {"documents_reviewed", "rationale"};
static const char *const elsewhere[] = {"referral"};
static const char *const places_to_go[] = {"CARE", "HOME"};
static const char *const clinical[] = {"criterion_not_met"};

#define WORDS(list) \
	{ \
		list, sizeof(list) / sizeof((list)[0]) \
	}

static const char *const undecided[] = {"authorization_required"};

enum rule_name {
	RULE_DAYS,
	RULE_INTERQUAL,
	RULE_BOTH,
	RULE_DENIED,
	RULE_CLINICAL,
	RULE_NEVER,
	RULE_SOON,
	RULE_TELL,
	RULE_SAY,
	RULES
};

/* clang-format off */
static const struct item rules[RULES] = {
	[RULE_DAYS] = {.id = "p.days", .kind = KIND_LIMIT, .limit_days = 10, .text = "Ten.", .ask_again = {CLOCK_BUSINESS_DAYS, 2}},
	[RULE_INTERQUAL] = {.id = "p.shown", .kind = KIND_LIMIT, .limit_source = "interqual", .text = "As shown.", .ask_again = {CLOCK_HOURS, 24}},
	[RULE_BOTH] = {.id = "p.both", .kind = KIND_DETERMINATION, .of = RULING_APPROVED | RULING_DENIED, .text = "Both.", .needs = WORDS(rationale), .by = WORDS(licensed)},
	[RULE_DENIED] = {.id = "p.denied", .kind = KIND_DETERMINATION, .of = RULING_DENIED, .text = "Denied.", .needs = WORDS(papers), .by = WORDS(physicians)},
	[RULE_CLINICAL] = {.id = "p.clinical", .kind = KIND_DETERMINATION, .of = RULING_DENIED, .text = "Clinical.", .needs = WORDS(elsewhere), .words = WORDS(places_to_go), .grounds = WORDS(clinical)},
	[RULE_NEVER] = {.id = "p.never", .kind = KIND_DETERMINATION, .of = RULING_APPROVED | RULING_DENIED, .text = "Never.", .needs = WORDS(undecided)},
	[RULE_SOON] = {.id = "p.soon", .kind = KIND_NOTICE, .of = RULING_APPROVED | RULING_DENIED, .text = "Soon.", .clock = {CLOCK_HOURS, 24}, .to = WORDS(physicians)},
	[RULE_TELL] = {.id = "p.tell", .kind = KIND_NOTICE, .of = RULING_DENIED, .text = "In time.", .within_due = true, .to = WORDS(licensed)},
	[RULE_SAY] = {.id = "p.say", .kind = KIND_NOTICE, .of = RULING_APPROVED, .text = "Some day.", .to = WORDS(physicians)},
};
static const struct item need = {.id = "p.need", .kind = KIND_JUDGMENT, .text = "It is needed."};
static const struct item other = {.id = "p.other", .kind = KIND_CRITERION, .text = "Something else."};
/* clang-format on */

/* A request put together by hand. */
struct bench {
	struct sketch sketch;
	struct evaluation evaluation;
	const struct item *rules[RULES];
	struct determination_facts facts;
	struct found found[2];
	struct barred barred[2];
	struct asked_line lines[3];
	struct clock clocks[2];
	struct determination determination;
};

static struct day_set days(const struct bench *bench, const char *from, const char *to)
{
	const struct day_span span = {sketch_day(from), sketch_day(to)};
	return days_of(bench->sketch.arena, &span, 1);
}

static void add_line(struct bench *bench, const char *code, const char *unit, double units, const char *from, const char *to)
{
	struct determination_facts *facts = &bench->facts;
	struct asked_line *line = &bench->lines[facts->line_count];
	*line = (struct asked_line){
		.line = facts->line_count++,
		.code = code,
		.key = facts_code_key(bench->sketch.arena, code),
		.unit = unit,
		.daily = strcmp(unit, "day") == 0,
		.units = units,
		.days = days(bench, from, to),
	};
	facts->asked = days_union(bench->sketch.arena, facts->asked, line->days);
}

static void bar(struct bench *bench, const struct item *item, const char *from, const char *to)
{
	struct determination_facts *facts = &bench->facts;
	bench->barred[facts->barred_count] = (struct barred){item, "Barred.", days(bench, from, to)};
	facts->closed = days_union(bench->sketch.arena, facts->closed, bench->barred[facts->barred_count++].days);
}

static void add_rule(struct bench *bench, enum rule_name rule)
{
	bench->rules[bench->evaluation.rule_count++] = &rules[rule];
}

static void find(struct bench *bench, const struct item *item, const char *answer, bool by_licensed)
{
	bench->found[bench->facts.found_count++] = (struct found){item, answer, item->text, by_licensed, false};
}

/* Monday 2026-11-23, two days before Thanksgiving's eve; due on Wed 2026-12-02. */
static void bench_init(struct bench *bench, enum verdict verdict, const char *basis, const char *input)
{
	memset(bench, 0, sizeof(*bench));
	sketch_init(&bench->sketch);
	bench->evaluation.rules = bench->rules;
	bench->clocks[0] = sketch_clock(&bench->sketch, SKETCH_CLOCK, "2026-11-20T15:40:12-08:00");
	bench->clocks[1] = sketch_clock(&bench->sketch, SKETCH_HOURS, "2026-11-20T15:40:12-08:00");
	bench->facts = (struct determination_facts){
		.arena = bench->sketch.arena,
		.program = &bench->sketch.program,
		.evaluation = &bench->evaluation,
		.plan = sketch_json(&bench->sketch, "{}"),
		.now = sketch_instant("2026-11-23T10:00:00-08:00"),
		.lines = bench->lines,
		.found = bench->found,
		.barred = bench->barred,
		.clocks = {bench->clocks, 1},
	};
	bench->determination = (struct determination){
		.facts = &bench->facts, .verdict = verdict, .basis = basis, .input = sketch_json(&bench->sketch, input)};
}

static const char *codes(const struct bench *bench, const struct issues *issues)
{
	struct text out;
	text_init(&out, bench->sketch.arena, 64);
	text_puts(&out, "");
	for (size_t i = 0; i < issues->count; i++) {
		text_printf(&out, "%s%s %s", i > 0 ? ", " : "", issues->items[i].pointer, issues->items[i].code);
	}
	return out.data;
}

/* What stands against it, of its body and otherwise. */
static void refused(struct bench *bench, const char *standing, const char *body)
{
	struct issues stands;
	struct issues lacks;
	issues_init(&stands, bench->sketch.arena);
	issues_init(&lacks, bench->sketch.arena);
	determination_read(&bench->determination, &lacks);
	determination_check(&bench->determination, &stands, &lacks);
	ck_assert_str_eq(codes(bench, &stands), standing);
	ck_assert_str_eq(codes(bench, &lacks), body);
}

static const char *shown(const struct bench *bench, const struct grants *grants)
{
	char from[CIVIL_TEXT_SIZE];
	char to[CIVIL_TEXT_SIZE];
	struct text out;
	text_init(&out, bench->sketch.arena, 64);
	text_puts(&out, "");
	for (size_t i = 0; i < grants->count; i++) {
		const struct grant *grant = &grants->list[i];
		text_printf(&out, "%s%zu %s..%s %.15g", i > 0 ? ", " : "", grant->line, civil_format(grant->days.from, from),
			    civil_format(grant->days.to, to), grant->units);
	}
	return out.data;
}

/* ---- what could be granted ---- */

static void possible(struct bench *bench, const char *wanted)
{
	const struct caps caps = caps_of(&bench->facts, INTERQUAL_UNKNOWN);
	const struct grants grants = grants_possible(&bench->facts, &caps);
	ck_assert_str_eq(shown(bench, &grants), wanted);
}

START_TEST(everything_could_be_granted)
{
	struct bench bench;
	bench_init(&bench, VERDICT_APPROVED, NULL, "{}");
	add_line(&bench, "A", "day", 5, "2026-12-01", "2026-12-07");
	add_line(&bench, "B", "visit", 3, "2026-12-03", "2026-12-04");
	add_line(&bench, NULL, "day", -1, "2026-12-01", "2026-12-02");
	possible(&bench, "0 2026-12-01..2026-12-07 5, 1 2026-12-03..2026-12-04 3, 2 2026-12-01..2026-12-02 2");
	ck_assert(!caps_exceeded(&bench.facts, &(struct caps){NULL, 0}, false));
	sketch_finish(&bench.sketch);
}
END_TEST

/* A cap counts calendar days from the first that can be approved, and the units of a code. */
START_TEST(a_cap_and_barred_days_leave_less)
{
	struct bench bench;
	bench_init(&bench, VERDICT_APPROVED, NULL, "{}");
	add_rule(&bench, RULE_DAYS);
	add_line(&bench, "A", "day", 20, "2026-12-01", "2026-12-20");
	add_line(&bench, "A", "day", 3, "2026-12-04", "2026-12-06");
	add_line(&bench, "B", "visit", 7, "2026-12-01", "2026-12-20");
	bar(&bench, &need, "2026-12-01", "2026-12-02");
	bar(&bench, &need, "2026-12-05", "2026-12-05");
	possible(&bench, "0 2026-12-03..2026-12-04 2, 0 2026-12-06..2026-12-12 7, "
			 "2 2026-12-03..2026-12-04 1, 2 2026-12-06..2026-12-12 3");
	const struct caps caps = caps_of(&bench.facts, INTERQUAL_UNKNOWN);
	ck_assert(caps_exceeded(&bench.facts, &caps, false));
	ck_assert(!caps_exceeded(&bench.facts, &caps, true));
	sketch_finish(&bench.sketch);
}
END_TEST

START_TEST(an_interqual_review_of_no_day_leaves_nothing)
{
	struct bench bench;
	bench_init(&bench, VERDICT_APPROVED, NULL, "{}");
	add_rule(&bench, RULE_INTERQUAL);
	add_line(&bench, "A", "day", 5, "2026-12-01", "2026-12-05");
	possible(&bench, "0 2026-12-01..2026-12-05 5");
	const struct caps caps = caps_of(&bench.facts, 0);
	const struct grants none = grants_possible(&bench.facts, &caps);
	ck_assert_uint_eq(none.count, 0);
	ck_assert(caps_exceeded(&bench.facts, &caps, true));
	ck_assert_str_eq(grants_advice(&bench.facts, &caps), "As it stands nothing of it can be approved.");
	sketch_finish(&bench.sketch);
}
END_TEST

/* More units of a day than days are above the limit that a day is. */
START_TEST(more_units_than_days)
{
	struct bench bench;
	bench_init(&bench, VERDICT_APPROVED, NULL, "{\"rationale\": \"x\"}");
	add_line(&bench, "A", "day", 9, "2026-12-01", "2026-12-05");
	ck_assert(caps_exceeded(&bench.facts, &(struct caps){NULL, 0}, false));
	refused(&bench, "/outcome too_many_units", "");
	sketch_finish(&bench.sketch);
	bench_init(&bench, VERDICT_IN_PART, "policy_limit",
		   "{\"rationale\": \"x\", \"grants\": [{\"line\": 0, \"from\": \"2026-12-01\", \"to\": \"2026-12-05\"}]}");
	add_line(&bench, "A", "day", 9, "2026-12-01", "2026-12-05");
	refused(&bench, "", "");
	ck_assert_str_eq(shown(&bench, &bench.determination.grants), "0 2026-12-01..2026-12-05 5");
	sketch_finish(&bench.sketch);
}
END_TEST

/* Units that nobody said: as many as days, then what is left; other units all. */
START_TEST(units_that_are_not_said)
{
	static const char input[] = "{\"rationale\": \"x\", \"criteria\": [\"p.need\"], \"grants\": ["
				    "{\"line\": 0, \"from\": \"2026-12-01\", \"to\": \"2026-12-03\"}, "
				    "{\"line\": 0, \"from\": \"2026-12-05\", \"to\": \"2026-12-07\", \"units\": null}, "
				    "{\"line\": 1, \"from\": \"2026-12-01\", \"to\": \"2026-12-01\"}]}";
	struct bench bench;
	bench_init(&bench, VERDICT_IN_PART, "criterion_not_met", input);
	add_line(&bench, "A", "day", 5, "2026-12-01", "2026-12-07");
	add_line(&bench, "B", "visit", 3, "2026-12-01", "2026-12-07");
	find(&bench, &need, "not_met", true);
	refused(&bench, "", "");
	ck_assert_str_eq(shown(&bench, &bench.determination.grants),
			 "0 2026-12-01..2026-12-03 3, 0 2026-12-05..2026-12-07 2, 1 2026-12-01..2026-12-01 3");
	sketch_finish(&bench.sketch);
}
END_TEST

/* Lines and a day that is barred; what could be granted; a part of that, and what is said to it. */
static const struct offer_row {
	const char *name;
	struct {
		const char *code;
		const char *unit;
		double units;
		const char *from;
		const char *to;
	} lines[3];
	const char *barred; /* a day, or NULL */
	const char *offer;
	const char *less;
	const char *body;
} offers[] = {
	{"a late start",
	 {{"A", "day", 20, "2026-12-01", "2026-12-20"}},
	 NULL,
	 "0 2026-12-01..2026-12-10 10",
	 "[{\"line\": 0, \"from\": \"2026-12-11\", \"to\": \"2026-12-20\"}]",
	 "/grants refused_without_ground"},
	{"a late start, fewer units than days",
	 {{"A", "day", 20, "2026-12-01", "2026-12-31"}},
	 NULL,
	 "0 2026-12-01..2026-12-10 10",
	 "[{\"line\": 0, \"from\": \"2026-12-02\", \"to\": \"2026-12-10\"}]",
	 "/grants refused_without_ground"},
	{"a unit less",
	 {{"A", "day", 20, "2026-12-01", "2026-12-20"}},
	 NULL,
	 "0 2026-12-01..2026-12-10 10",
	 "[{\"line\": 0, \"from\": \"2026-12-01\", \"to\": \"2026-12-10\", \"units\": 9.5}]",
	 "/grants/0/units refused_without_ground"},
	{"all of the units on some of the days",
	 {{"A", "day", 5, "2026-12-01", "2026-12-20"}},
	 NULL,
	 "0 2026-12-01..2026-12-10 5",
	 "[{\"line\": 0, \"from\": \"2026-12-01\", \"to\": \"2026-12-05\"}]",
	 "/grants refused_without_ground"},
	{"a line that is left out",
	 {{"A", "day", 20, "2026-12-01", "2026-12-20"}, {"B", "visit", 4, "2026-12-01", "2026-12-20"}},
	 NULL,
	 "0 2026-12-01..2026-12-10 10, 1 2026-12-01..2026-12-10 2",
	 "[{\"line\": 0, \"from\": \"2026-12-01\", \"to\": \"2026-12-10\"}]",
	 "/grants refused_without_ground"},
	{"fewer visits than days of them",
	 {{"A", "day", 20, "2026-12-01", "2026-12-20"}, {"B", "visit", 5, "2026-12-01", "2026-12-20"}},
	 NULL,
	 "0 2026-12-01..2026-12-10 10, 1 2026-12-01..2026-12-10 3",
	 "[{\"line\": 0, \"from\": \"2026-12-01\", \"to\": \"2026-12-10\"}, "
	 "{\"line\": 1, \"from\": \"2026-12-01\", \"to\": \"2026-12-10\", \"units\": 2}]",
	 "/grants/1/units refused_without_ground"},
	{"one visit and a hole",
	 {{"A", "day", 20, "2026-12-01", "2026-12-20"}, {"B", "visit", 1, "2026-12-01", "2026-12-20"}},
	 "2026-12-05",
	 "0 2026-12-01..2026-12-04 4, 0 2026-12-06..2026-12-10 5, 1 2026-12-01..2026-12-04 1",
	 "[{\"line\": 0, \"from\": \"2026-12-01\", \"to\": \"2026-12-04\"}, "
	 "{\"line\": 1, \"from\": \"2026-12-01\", \"to\": \"2026-12-04\"}]",
	 "/grants refused_without_ground"},
	{"one visit on one of its days",
	 {{"B", "visit", 1, "2026-12-01", "2026-12-20"}},
	 NULL,
	 "0 2026-12-01..2026-12-10 1",
	 "[{\"line\": 0, \"from\": \"2026-12-01\", \"to\": \"2026-12-01\"}]",
	 "/grants refused_without_ground"},
	{"two visits about a hole",
	 {{"A", "day", 20, "2026-12-01", "2026-12-20"}, {"B", "visit", 2, "2026-12-01", "2026-12-10"}},
	 "2026-12-09",
	 "0 2026-12-01..2026-12-08 8, 0 2026-12-10..2026-12-10 1, 1 2026-12-01..2026-12-08 1, 1 2026-12-10..2026-12-10 1",
	 "[{\"line\": 0, \"from\": \"2026-12-01\", \"to\": \"2026-12-08\"}, "
	 "{\"line\": 0, \"from\": \"2026-12-10\", \"to\": \"2026-12-10\"}, "
	 "{\"line\": 1, \"from\": \"2026-12-01\", \"to\": \"2026-12-08\"}]",
	 "/grants refused_without_ground"},
	{"units of one code about a hole",
	 {{" a", "day", 3, "2026-12-01", "2026-12-03"},
	  {"A ", "day", 4, "2026-12-02", "2026-12-08"},
	  {"A", "day", 20, "2026-12-01", "2026-12-20"}},
	 "2026-12-05",
	 "0 2026-12-01..2026-12-03 3, 1 2026-12-02..2026-12-04 1, 1 2026-12-06..2026-12-08 3, 2 2026-12-06..2026-12-10 2",
	 "[{\"line\": 2, \"from\": \"2026-12-01\", \"to\": \"2026-12-04\"}, "
	 "{\"line\": 2, \"from\": \"2026-12-06\", \"to\": \"2026-12-10\", \"units\": 4}]",
	 "/grants refused_without_ground, /grants/1/units refused_without_ground"},
};

static const char *as_grants(const struct bench *bench, const struct grants *grants)
{
	char from[CIVIL_TEXT_SIZE];
	char to[CIVIL_TEXT_SIZE];
	struct text out;
	text_init(&out, bench->sketch.arena, 256);
	text_puts(&out, "[");
	for (size_t i = 0; i < grants->count; i++) {
		const struct grant *grant = &grants->list[i];
		text_printf(&out, "%s{\"line\": %zu, \"from\": \"%s\", \"to\": \"%s\", \"units\": %.15g}", i > 0 ? ", " : "",
			    grant->line, civil_format(grant->days.from, from), civil_format(grant->days.to, to), grant->units);
	}
	text_puts(&out, "]");
	return out.data;
}

/* On an administrative basis what could be approved is approved, all of it; it is the same on appeal. */
START_TEST(nothing_is_refused_for_nothing)
{
	const struct offer_row *row = &offers[_i];
	struct bench bench;
	bench_init(&bench, VERDICT_IN_PART, "policy_limit", "{}");
	add_rule(&bench, RULE_DAYS);
	for (size_t i = 0; i < 3 && row->lines[i].code != NULL; i++) {
		add_line(&bench, row->lines[i].code, row->lines[i].unit, row->lines[i].units, row->lines[i].from,
			 row->lines[i].to);
	}
	if (row->barred != NULL) {
		bar(&bench, &need, row->barred, row->barred);
	}
	possible(&bench, row->offer);
	const struct caps caps = caps_of(&bench.facts, INTERQUAL_UNKNOWN);
	const struct grants all = grants_possible(&bench.facts, &caps);
	const char *const lists[] = {as_grants(&bench, &all), row->less, row->less};
	const char *const wanted[] = {"", row->body, row->body};
	for (size_t i = 0; i < 3; i++) {
		bench.determination.appeal = i == 2 ? "apl_1" : NULL;
		bench.determination.input = sketch_json(
			&bench.sketch, arena_printf(bench.sketch.arena, "{\"rationale\": \"x\", \"grants\": %s}", lists[i]));
		refused(&bench, "", wanted[i]);
	}
	sketch_finish(&bench.sketch);
}
END_TEST

/* A code has one unit a day in any stretch of days, not only in all of them. */
START_TEST(a_unit_a_day_of_a_code)
{
	struct bench bench;
	bench_init(&bench, VERDICT_APPROVED, NULL, "{\"rationale\": \"x\"}");
	add_line(&bench, "A", "day", 3, "2026-12-01", "2026-12-20");
	add_line(&bench, "a", "day", 2, "2026-12-04", "2026-12-05");
	add_line(&bench, "A", "day", 2, "2026-12-03", "2026-12-05");
	refused(&bench, "/outcome too_many_units", "");
	bench.lines[2].units = 1;
	refused(&bench, "", "");
	bench.lines[2].key = NULL;
	bench.lines[2].units = 2;
	refused(&bench, "", "");
	sketch_finish(&bench.sketch);
}
END_TEST

/* A line whose dates make no sense cannot be approved, and a request without lines neither. */
START_TEST(nothing_to_grant)
{
	struct bench bench;
	bench_init(&bench, VERDICT_APPROVED, NULL, "{\"rationale\": \"x\"}");
	refused(&bench, "/outcome nothing_granted", "");
	sketch_finish(&bench.sketch);
	bench_init(&bench, VERDICT_APPROVED, NULL, "{\"rationale\": \"x\"}");
	add_line(&bench, "A", "day", 5, "2026-12-07", "2026-12-01");
	add_line(&bench, "B", "day", 5, "2026-12-01", "2026-12-05");
	refused(&bench, "/outcome less_than_asked", "");
	sketch_finish(&bench.sketch);
}
END_TEST

/* Sentences of a problem are bounded, whatever the days. */
START_TEST(days_said_briefly)
{
	struct bench bench;
	struct day_set odd = {NULL, 0};
	bench_init(&bench, VERDICT_APPROVED, NULL, "{}");
	for (int i = 0; i < 9; i++) {
		const struct civil_date day = civil_add_days(sketch_day("2026-12-01"), 2 * i);
		odd = days_union(bench.sketch.arena, odd, days_of(bench.sketch.arena, &(struct day_span){day, day}, 1));
	}
	ck_assert_str_eq(days_brief(bench.sketch.arena, odd), "9 days from 2026-12-01 to 2026-12-17");
	ck_assert_str_eq(days_brief(bench.sketch.arena, days(&bench, "2026-12-01", "2026-12-04")), "2026-12-01 to 2026-12-04");
	ck_assert_str_eq(say_brief("Short.", &need), "Short.");
	ck_assert_str_eq(say_brief(NULL, &need), need.text);
	char *const long_say = arena_alloc(bench.sketch.arena, 1002);
	memset(long_say, 'x', 1001);
	ck_assert_str_eq(say_brief(long_say, &need), need.text);
	add_line(&bench, "A", "day", 20, "2026-12-01", "2026-12-20");
	for (size_t i = 0; i < odd.count; i++) {
		bench.facts.closed =
			days_union(bench.sketch.arena, bench.facts.closed, days_of(bench.sketch.arena, &odd.spans[i], 1));
	}
	const char *advice = grants_advice(&bench.facts, &(struct caps){NULL, 0});
	ck_assert_msg(strstr(advice, "2026-12-16, 1 units; and so on.") != NULL, "%s", advice);
	sketch_finish(&bench.sketch);
}
END_TEST

/* ---- what the policy needs ---- */

START_TEST(an_approval_needs_its_rules_only)
{
	struct bench bench;
	bench_init(&bench, VERDICT_APPROVED, NULL, "{\"rationale\": \"x\"}");
	for (int i = RULE_BOTH; i <= RULE_CLINICAL; i++) {
		add_rule(&bench, (enum rule_name)i);
	}
	add_line(&bench, "A", "day", 5, "2026-12-01", "2026-12-05");
	refused(&bench, "", "");
	ck_assert_str_eq(determination_required(&bench.determination), "[\"rationale\"]");
	ck_assert_str_eq(determination_parts(&bench.determination), "{\"rationale\":\"x\"}");
	ck_assert_ptr_null(determination_not_for(&bench.determination, "psychologist"));
	ck_assert_ptr_eq(determination_not_for(&bench.determination, "nurse"), &rules[RULE_BOTH]);
	ck_assert_ptr_eq(determination_not_for(&bench.determination, NULL), &rules[RULE_BOTH]);
	sketch_finish(&bench.sketch);
}
END_TEST

/* What needs no authorization is never decided, whatever is sent. */
START_TEST(nothing_is_decided_without_authorization)
{
	struct bench bench;
	bench_init(&bench, VERDICT_APPROVED, NULL, "{\"rationale\": \"x\", \"authorization_required\": true}");
	add_rule(&bench, RULE_NEVER);
	add_line(&bench, "A", "day", 5, "2026-12-01", "2026-12-05");
	refused(&bench, "/outcome missing_part", "");
	sketch_finish(&bench.sketch);
}
END_TEST

static const struct denial_row {
	const char *name;
	const char *basis;
	const char *input;
	const char *standing;
	const char *body;
} denials[] = {
	{"nothing given", "criterion_not_met", "{\"documents_reviewed\": null}", "",
	 "/rationale missing_part, /criteria missing_member, /documents_reviewed missing_part, /referral missing_part"},
	{"a word of the policy, whatever its case", "criterion_not_met",
	 "{\"rationale\": \"x\", \"criteria\": [\"p.need\"], \"documents_reviewed\": [\"d1\"], \"referral\": \"home\"}", "",
	 ""},
	{"another word", "criterion_not_met",
	 "{\"rationale\": \"x\", \"criteria\": [\"p.need\"], \"documents_reviewed\": [\"d1\"], \"referral\": \"moon\"}", "",
	 "/referral missing_part"},
	{"a criterion that only the machine found not met", "criterion_not_met",
	 "{\"rationale\": \"x\", \"criteria\": [\"p.other\"], \"documents_reviewed\": [\"d1\"], \"referral\": \"HOME\"}", "",
	 "/criteria/0 wrong_criterion"},
	{"no referral on another basis", "not_eligible_part", "{\"rationale\": \"x\", \"documents_reviewed\": [\"d1\"]}", "",
	 ""},
	{"criteria beside another basis", "not_eligible_part",
	 "{\"rationale\": \"x\", \"documents_reviewed\": [\"d1\"], \"criteria\": [\"p.need\"]}", "", "/criteria not_needed"},
	{"a basis of no day", "retroactive_days", "{\"rationale\": \"x\", \"documents_reviewed\": [\"d1\"]}",
	 "/basis wrong_basis", ""},
	{"a limit", "policy_limit", "{\"rationale\": \"x\", \"documents_reviewed\": [\"d1\"]}", "/basis wrong_basis", ""},
	{"nothing asked for", "insufficient_information", "{\"rationale\": \"x\", \"documents_reviewed\": [\"d1\"]}",
	 "/basis nothing_outstanding, /basis too_early, /criteria wrong_basis", ""},
	{"no basis", NULL, "{\"rationale\": \"x\", \"documents_reviewed\": [\"d1\"]}", "", "/basis missing_member"},
};

START_TEST(a_denial_needs)
{
	static const struct item barring = {.id = "p.covered", .unapprovable = "not_eligible_part", .text = "Covered."};
	const struct denial_row *row = &denials[_i];
	struct bench bench;
	bench_init(&bench, VERDICT_DENIED, row->basis, row->input);
	bench.facts.documents = sketch_json(&bench.sketch, "[{\"id\": \"d1\"}]");
	for (int i = RULE_BOTH; i <= RULE_CLINICAL; i++) {
		add_rule(&bench, (enum rule_name)i);
	}
	add_line(&bench, "A", "day", 5, "2026-12-01", "2026-12-05");
	bar(&bench, &barring, "2026-12-01", "2026-12-05");
	find(&bench, &need, "not_met", true);
	find(&bench, &other, "not_met", false);
	refused(&bench, row->standing, row->body);
	ck_assert_msg(determination_not_for(&bench.determination, "psychologist") == &rules[RULE_DENIED], "%s", row->name);
	sketch_finish(&bench.sketch);
}
END_TEST

/* A request without papers was reviewed as it was sent. */
START_TEST(no_papers_to_review)
{
	struct bench bench;
	bench_init(&bench, VERDICT_DENIED, "before_con", "{\"rationale\": \"x\"}");
	add_rule(&bench, RULE_DENIED);
	bench.facts.plan = sketch_json(&bench.sketch, "{\"con\": {\"outcome\": \"closed_without_certification\"}}");
	add_line(&bench, "A", "day", 5, "2026-12-01", "2026-12-05");
	refused(&bench, "", "");
	ck_assert_str_eq(determination_parts(&bench.determination),
			 "{\"documents_reviewed\":[\"submission\"],\"rationale\":\"x\"}");
	sketch_finish(&bench.sketch);
}
END_TEST

/* A limit that InterQual sets asks for the review even where no rule does. */
START_TEST(an_interqual_limit_asks_for_the_review)
{
	struct bench bench;
	bench_init(&bench, VERDICT_APPROVED, NULL, "{\"rationale\": \"x\"}");
	add_rule(&bench, RULE_INTERQUAL);
	add_line(&bench, "A", "day", 5, "2026-12-01", "2026-12-05");
	refused(&bench, "", "/interqual missing_part");
	sketch_finish(&bench.sketch);
}
END_TEST

/* On appeal what was found does not bar an approval; staff who set a return aside have settled what it says. */
START_TEST(what_does_not_bar)
{
	struct bench bench;
	bench_init(&bench, VERDICT_APPROVED, NULL, "{\"rationale\": \"x\"}");
	add_line(&bench, "A", "day", 5, "2026-12-01", "2026-12-05");
	find(&bench, &need, "cannot_tell", true);
	find(&bench, &other, "not_met", false);
	refused(&bench, "/outcome criterion_open, /outcome criterion_not_met", "");
	bench.found[0].settled = true;
	bench.found[1].settled = true;
	refused(&bench, "", "");
	bench.found[0].settled = false;
	bench.determination.appeal = "apl_1";
	refused(&bench, "", "");
	sketch_finish(&bench.sketch);
}
END_TEST

static const struct kept_row {
	const char *name;
	const char *outcome; /* of the decision that is appealed */
	const char *grants; /* of the overturned appeal; null: everything */
	const char *body;
} kept[] = {
	{"everything", "approved_in_part", "null", ""},
	{"more days", "approved_in_part", "[{\"line\": 0, \"from\": \"2026-12-01\", \"to\": \"2026-12-04\"}]", ""},
	{"the same days of another line besides", "approved_in_part",
	 "[{\"line\": 0, \"from\": \"2026-12-01\", \"to\": \"2026-12-03\"}, {\"line\": 1, \"from\": \"2026-12-01\", \"to\": "
	 "\"2026-12-01\"}]",
	 ""},
	{"in two pieces", "approved_in_part",
	 "[{\"line\": 0, \"from\": \"2026-12-03\", \"to\": \"2026-12-05\"}, {\"line\": 0, \"from\": \"2026-12-01\", \"to\": "
	 "\"2026-12-02\"}]",
	 ""},
	{"the same", "approved_in_part", "[{\"line\": 0, \"from\": \"2026-12-01\", \"to\": \"2026-12-03\"}]",
	 "/grants less_than_before"},
	{"fewer days", "approved_in_part", "[{\"line\": 0, \"from\": \"2026-12-01\", \"to\": \"2026-12-02\"}]",
	 "/grants less_than_before"},
	{"other days, and more", "approved_in_part", "[{\"line\": 0, \"from\": \"2026-12-02\", \"to\": \"2026-12-05\"}]",
	 "/grants less_than_before"},
	{"more days, fewer units", "approved_in_part",
	 "[{\"line\": 0, \"from\": \"2026-12-01\", \"to\": \"2026-12-04\", \"units\": 2}]", "/grants less_than_before"},
	{"another line only", "approved_in_part", "[{\"line\": 1, \"from\": \"2026-12-01\", \"to\": \"2026-12-05\"}]",
	 "/grants less_than_before"},
	{"of a denial", "denied", "[{\"line\": 0, \"from\": \"2026-12-02\", \"to\": \"2026-12-02\"}]", ""},
};

/* Three days of one of two lines were granted: an appeal takes nothing away, and adds something. */
START_TEST(what_was_granted_stays_granted)
{
	const struct kept_row *row = &kept[_i];
	struct bench bench;
	bench_init(&bench, VERDICT_IN_PART, "criterion_not_met", "{}");
	add_line(&bench, "A", "day", 5, "2026-12-01", "2026-12-05");
	add_line(&bench, "B", "day", 5, "2026-12-01", "2026-12-05");
	find(&bench, &need, "not_met", true);
	struct arena *arena = bench.sketch.arena;
	bool everything = strcmp(row->grants, "null") == 0;
	bench.determination.verdict = everything ? VERDICT_APPROVED : VERDICT_IN_PART;
	bench.determination.basis = everything ? NULL : "criterion_not_met";
	bench.determination.appeal = "apl_1";
	bench.determination.before = sketch_json(&bench.sketch, arena_printf(arena, "{\"outcome\": \"%s\"}", row->outcome));
	bench.facts.plan = sketch_json(&bench.sketch,
				       strcmp(row->outcome, "denied") == 0
					       ? "{\"authorization\": null}"
					       : "{\"authorization\": {\"lines\": [{\"line\": 0, \"code\": \"A\", \"from\": "
						 "\"2026-12-01\", \"to\": \"2026-12-03\", \"units\": 3, \"unit\": \"day\"}]}}");
	bench.determination.input =
		sketch_json(&bench.sketch, arena_printf(arena, "{\"rationale\": \"x\", \"criteria\": %s, \"grants\": %s}",
							everything ? "null" : "[\"p.need\"]", row->grants));
	refused(&bench, "", row->body);
	bench.determination.appeal = NULL;
	bench.determination.criterion_count = 0;
	bench.found[0].answer = everything ? "met" : "not_met";
	refused(&bench, "", "");
	sketch_finish(&bench.sketch);
}
END_TEST

/* ---- late ---- */

static const struct late_row {
	const char *name;
	const char *now;
	bool hours; /* the clock in hours, due on Mon 2026-11-23 15:40:12, runs too */
	const char *plan;
	const char *input;
	const char *cause; /* NULL: in time, or not said */
	const char *body;
} late[] = {
	{"in time", "2026-12-02T23:59:59-08:00", false, "{}", "{\"rationale\": \"x\", \"late_cause\": \"workload\"}", NULL, ""},
	{"in the last second of the day", "2026-12-02T23:59:59.999999-08:00", false, "{}", "{\"rationale\": \"x\"}", NULL, ""},
	{"a second later", "2026-12-03T00:00:00-08:00", false, "{}", "{\"rationale\": \"x\"}", NULL,
	 "/late_cause missing_member"},
	{"with a cause", "2026-12-03T00:00:00-08:00", false, "{}", "{\"rationale\": \"x\", \"late_cause\": \"system\"}",
	 "system", ""},
	{"another cause without words", "2026-12-03T00:00:00-08:00", false, "{}",
	 "{\"rationale\": \"x\", \"late_cause\": \"other\"}", "other", "/late_note missing_member"},
	{"hours to the second", "2026-11-23T15:40:12-08:00", true, "{}", "{\"rationale\": \"x\"}", NULL, ""},
	{"hours, a moment later", "2026-11-23T15:40:12.000001-08:00", true, "{}", "{\"rationale\": \"x\"}", NULL,
	 "/late_cause missing_member"},
	{"the certificate came after every time", "2026-12-04T10:00:00-08:00", true,
	 "{\"con\": {\"completed_at\": \"2026-12-03T09:00:00-08:00\"}}", "{\"rationale\": \"x\"}", "certificate_of_need", ""},
	{"the certificate came between", "2026-12-04T10:00:00-08:00", true,
	 "{\"con\": {\"completed_at\": \"2026-11-24T09:00:00-08:00\"}}", "{\"rationale\": \"x\"}", NULL,
	 "/late_cause missing_member"},
	{"the certificate came between, and is said to be the cause", "2026-12-04T10:00:00-08:00", true,
	 "{\"con\": {\"completed_at\": \"2026-11-24T09:00:00-08:00\"}}",
	 "{\"rationale\": \"x\", \"late_cause\": \"certificate_of_need\"}", "certificate_of_need", "/late_cause wrong_cause"},
	{"no certificate, though it is said to be the cause", "2026-12-03T00:00:00-08:00", false, "{}",
	 "{\"rationale\": \"x\", \"late_cause\": \"certificate_of_need\"}", "certificate_of_need", "/late_cause wrong_cause"},
	{"the certificate is the cause and is said to be", "2026-12-04T10:00:00-08:00", true,
	 "{\"con\": {\"completed_at\": \"2026-12-03T09:00:00-08:00\"}}",
	 "{\"rationale\": \"x\", \"late_cause\": \"certificate_of_need\"}", "certificate_of_need", ""},
	{"late against one time only, before the certificate", "2026-11-24T10:00:00-08:00", true,
	 "{\"con\": {\"completed_at\": \"2026-11-24T09:00:00-08:00\"}}", "{\"rationale\": \"x\"}", "certificate_of_need", ""},
};

START_TEST(a_late_one_says_why)
{
	const struct late_row *row = &late[_i];
	struct bench bench;
	bench_init(&bench, VERDICT_APPROVED, NULL, row->input);
	bench.facts.now = sketch_instant(row->now);
	bench.facts.plan = sketch_json(&bench.sketch, row->plan);
	bench.facts.clocks.count = row->hours ? 2 : 1;
	add_line(&bench, "A", "day", 5, "2026-12-01", "2026-12-05");
	refused(&bench, "", row->body);
	const char *cause = determination_late_cause(&bench.determination);
	ck_assert_msg((cause == NULL) == (row->cause == NULL), "%s: %s", row->name, cause != NULL ? cause : "none");
	ck_assert_msg(cause == NULL || strcmp(cause, row->cause) == 0, "%s: %s", row->name, cause != NULL ? cause : "none");
	sketch_finish(&bench.sketch);
}
END_TEST

/* What takes the place of a decision keeps whether that one came late. */
START_TEST(a_correction_is_as_late_as_the_first)
{
	struct bench bench;
	bench_init(&bench, VERDICT_APPROVED, NULL, "{\"rationale\": \"x\"}");
	bench.facts.now = sketch_instant("2026-12-20T00:00:00-08:00");
	add_line(&bench, "A", "day", 5, "2026-12-01", "2026-12-05");
	bench.determination.before = sketch_json(&bench.sketch, "{\"late\": false, \"late_cause\": null}");
	refused(&bench, "", "");
	ck_assert(!determination_late(&bench.determination));
	bench.determination.before = sketch_json(&bench.sketch, "{\"late\": true, \"late_cause\": \"system\"}");
	refused(&bench, "", "");
	ck_assert_str_eq(determination_late_cause(&bench.determination), "system");
	sketch_finish(&bench.sketch);
}
END_TEST

/* ---- what is recorded ---- */

static const char *member(const struct bench *bench, const char *text, const char *pointer)
{
	return json_text(json_at(sketch_json(&bench->sketch, text), pointer));
}

/* The earliest that any limit says: two business days before Mon 2026-11-30 are Wed 11-25, since Thursday is closed. Not when it has come. */
START_TEST(when_to_ask_again)
{
	struct bench bench;
	bench_init(&bench, VERDICT_APPROVED, NULL,
		   "{\"interqual\": {\"review_id\": \"1\", \"days\": 10}, \"rationale\": \"x\"}");
	add_rule(&bench, RULE_INTERQUAL);
	add_line(&bench, "A", "day", 7, "2026-11-24", "2026-11-30");
	refused(&bench, "", "");
	struct ruled ruled = {.determination = &bench.determination, .number = "AU-1"};
	ck_assert_str_eq(member(&bench, ruled_authorization(&ruled), "/ask_again_by"), "2026-11-29T23:59:59-08:00");
	add_rule(&bench, RULE_DAYS);
	ck_assert_str_eq(member(&bench, ruled_authorization(&ruled), "/ask_again_by"), "2026-11-25T23:59:59-08:00");
	bench.facts.now = sketch_instant("2026-11-25T23:59:58-08:00");
	ck_assert_str_eq(member(&bench, ruled_authorization(&ruled), "/ask_again_by"), "2026-11-25T23:59:59-08:00");
	bench.facts.now = sketch_instant("2026-11-25T23:59:59-08:00");
	ck_assert_ptr_null(member(&bench, ruled_authorization(&ruled), "/ask_again_by"));
	bench.evaluation.rule_count = 0;
	ck_assert_ptr_null(member(&bench, ruled_authorization(&ruled), "/ask_again_by"));
	ck_assert_ptr_nonnull(strstr(member(&bench, ruled_authorization(&ruled), "/note"), "no promise of payment"));
	add_rule(&bench, RULE_SAY);
	ck_assert_str_eq(member(&bench, ruled_authorization(&ruled), "/note"), "Some day.");
	sketch_finish(&bench.sketch);
}
END_TEST

#define OWED(item, to, told) \
	"{\"item\": \"" item "\", \"to\": \"" to \
	"\", \"since\": \"2026-11-23T10:00:00-08:00\", \"due_at\": \"2026-12-01T23:59:59-08:00\", \"told_at\": " told "}"

static const struct owed_row {
	const char *name;
	enum verdict verdict;
	bool correction;
	const char *before; /* what was owed until then */
	const char *now;
	const char *owed;
} owed[] = {
	{"approved", VERDICT_APPROVED, false, "[]", "2026-11-23T10:00:00-08:00",
	 "p.soon psychiatrist 2026-11-24T10:00:00-08:00, p.say psychiatrist 2026-12-02T23:59:59-08:00"},
	{"denied", VERDICT_DENIED, false, "[]", "2026-11-23T10:00:00-08:00",
	 "p.soon psychiatrist 2026-11-24T10:00:00-08:00, p.tell psychiatrist 2026-12-02T23:59:59-08:00, p.tell psychologist "
	 "2026-12-02T23:59:59-08:00"},
	{"in part", VERDICT_IN_PART, false, "[]", "2026-11-23T10:00:00-08:00",
	 "p.soon psychiatrist 2026-11-24T10:00:00-08:00, p.tell psychiatrist 2026-12-02T23:59:59-08:00, p.tell psychologist "
	 "2026-12-02T23:59:59-08:00, p.say psychiatrist 2026-12-02T23:59:59-08:00"},
	{"denied late", VERDICT_DENIED, false, "[]", "2026-12-04T10:00:00-08:00",
	 "p.soon psychiatrist 2026-12-05T10:00:00-08:00, p.tell psychiatrist 2026-12-02T23:59:59-08:00, p.tell psychologist "
	 "2026-12-02T23:59:59-08:00"},
	{"corrected late", VERDICT_IN_PART, true, "[]", "2026-12-04T10:00:00-08:00",
	 "p.soon psychiatrist 2026-12-05T10:00:00-08:00, p.tell psychiatrist 2026-12-04T23:59:59-08:00, p.tell psychologist "
	 "2026-12-04T23:59:59-08:00, p.say psychiatrist 2026-12-04T23:59:59-08:00"},
	{"corrected late, some of it never told", VERDICT_DENIED, true,
	 "[" OWED("p.tell", "psychiatrist", "\"2026-12-01T09:00:00-08:00\"") "," OWED(
		 "p.tell", "psychologist", "null") "," OWED("p.say", "psychiatrist", "null") "]",
	 "2026-12-04T10:00:00-08:00",
	 "p.tell psychologist 2026-12-01T23:59:59-08:00, p.say psychiatrist 2026-12-01T23:59:59-08:00, p.soon psychiatrist "
	 "2026-12-05T10:00:00-08:00, p.tell psychiatrist 2026-12-04T23:59:59-08:00"},
	{"no correction", VERDICT_DENIED, false, "[" OWED("p.tell", "psychologist", "null") "]", "2026-11-23T10:00:00-08:00",
	 "p.soon psychiatrist 2026-11-24T10:00:00-08:00, p.tell psychiatrist 2026-12-02T23:59:59-08:00, p.tell psychologist "
	 "2026-12-02T23:59:59-08:00"},
};

START_TEST(what_is_to_be_told)
{
	const struct owed_row *row = &owed[_i];
	struct text out;
	struct bench bench;
	bench_init(&bench, row->verdict, NULL, "{}");
	bench.facts.now = sketch_instant(row->now);
	bench.determination.before = row->correction ? sketch_json(&bench.sketch, "{}") : NULL;
	bench.facts.plan = sketch_json(&bench.sketch, arena_printf(bench.sketch.arena, "{\"owed\": %s}", row->before));
	for (int i = RULE_SOON; i < RULES; i++) {
		add_rule(&bench, (enum rule_name)i);
	}
	const struct ruled ruled = {.determination = &bench.determination};
	const struct json *list = sketch_json(&bench.sketch, ruled_owed(&ruled));
	text_init(&out, bench.sketch.arena, 256);
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node)) {
		text_printf(&out, "%s%s %s %s", out.length > 0 ? ", " : "", json_text(json_member(node, "item")),
			    json_text(json_member(node, "to")), json_text(json_member(node, "due_at")));
	}
	ck_assert_msg(strcmp(out.data, row->owed) == 0, "%s: %s", row->name, out.data);
	sketch_finish(&bench.sketch);
}
END_TEST

#define COUNT(rows) (int)(sizeof(rows) / sizeof((rows)[0]))

int main(void)
{
	Suite *suite = suite_create("determination");
	TCase *grants = tcase_create("grants");
	TCase *needs = tcase_create("needs");
	TCase *records = tcase_create("records");
	tcase_add_test(grants, everything_could_be_granted);
	tcase_add_test(grants, a_cap_and_barred_days_leave_less);
	tcase_add_test(grants, an_interqual_review_of_no_day_leaves_nothing);
	tcase_add_test(grants, more_units_than_days);
	tcase_add_test(grants, units_that_are_not_said);
	tcase_add_loop_test(grants, nothing_is_refused_for_nothing, 0, COUNT(offers));
	tcase_add_test(grants, a_unit_a_day_of_a_code);
	tcase_add_test(grants, nothing_to_grant);
	tcase_add_test(grants, days_said_briefly);
	tcase_add_test(needs, nothing_is_decided_without_authorization);
	tcase_add_test(needs, an_approval_needs_its_rules_only);
	tcase_add_loop_test(needs, a_denial_needs, 0, COUNT(denials));
	tcase_add_test(needs, no_papers_to_review);
	tcase_add_test(needs, an_interqual_limit_asks_for_the_review);
	tcase_add_test(needs, what_does_not_bar);
	tcase_add_loop_test(grants, what_was_granted_stays_granted, 0, COUNT(kept));
	tcase_add_loop_test(records, a_late_one_says_why, 0, COUNT(late));
	tcase_add_test(records, a_correction_is_as_late_as_the_first);
	tcase_add_test(records, when_to_ask_again);
	tcase_add_loop_test(records, what_is_to_be_told, 0, COUNT(owed));
	suite_add_tcase(suite, grants);
	suite_add_tcase(suite, needs);
	suite_add_tcase(suite, records);
	return run_suite(suite);
}
