/* SPDX-License-Identifier: Apache-2.0 */
/* The dates that a bound sets for one day of receipt. */
#include "policy/explain.h"

#include "policy/say.h"
#include "policy/vocabulary.h"

#include <string.h>

enum { NOON = 12 * 3600 };

/* One bound on one day. */
struct on_day {
	const struct policy *policy;
	const struct bound *bound;
	struct civil_date on;
	struct arena *arena;
	struct explained_bound *made;
};

static const char *day_text(const struct on_day *day, struct civil_date date)
{
	char buffer[CIVIL_TEXT_SIZE];
	return arena_copy(day->arena, civil_format(date, buffer));
}

/* "Fri 2026-11-06" */
static const char *day_words(const struct on_day *day, struct civil_date date)
{
	return arena_printf(day->arena, "%s %s", civil_weekday_name(civil_weekday(date)), day_text(day, date));
}

static const char *instant_text(const struct on_day *day, struct instant at)
{
	char buffer[INSTANT_TEXT_SIZE];
	return arena_copy(day->arena, zone_format(day->policy->zone, at, buffer));
}

static struct instant noon(const struct on_day *day)
{
	return zone_instant(day->policy->zone, day->on, NOON);
}

/* What a bound says of the two sides of it: of the side that fulfils the check, then of the other. */
struct outcome {
	const char *first;
	const char *then;
};

static struct outcome outcome_of(const struct bound *bound)
{
	static const struct outcome plain[] = {[SENSE_CHECK] = {"passes", "does not"},
					       [SENSE_WHEN] = {"lets the item apply", "does not"},
					       [SENSE_OTHER] = {"counts", "does not"}};
	static const struct outcome negated[] = {[SENSE_CHECK] = {"does not pass", "passes"},
						 [SENSE_WHEN] = {"does not let the item apply", "does"},
						 [SENSE_OTHER] = {"does not count", "does"}};
	return bound->negated ? negated[bound->sense] : plain[bound->sense];
}

/* INSIDE fulfils the check and OUTSIDE is the first that does not; below `not` it is the other way round. */
static void set_sides(struct on_day *day, const char *inside, const char *outside)
{
	day->made->last_passes = day->bound->negated ? outside : inside;
	day->made->first_fails = day->bound->negated ? inside : outside;
}

/* Whether what fulfils it is one too many. */
static bool at_most(const struct bound *bound)
{
	return json_member(bound->arguments, "at_most") != NULL;
}

/* Papers and moments: how far back they may lie. */
static void explain_window(struct on_day *day)
{
	const struct bound *bound = day->bound;
	const struct outcome outcome = outcome_of(bound);
	if (bound->unit == UNIT_HOURS) {
		const struct instant at = instant_add(noon(day), span_hours(-bound->amount));
		const char *earliest = instant_text(day, at);
		set_sides(day, earliest, instant_text(day, instant_add(at, span_seconds(-1))));
		day->made->say = arena_printf(
			day->arena, "Received at noon of %s: %s is the earliest that %s; of a bare date %s.",
			day_words(day, day->on), earliest, outcome.first, day_words(day, zone_date(day->policy->zone, at)));
		return;
	}
	const struct civil_date earliest =
		bound->unit == UNIT_YEARS ? civil_add_years(day->on, -bound->amount) : civil_add_days(day->on, -bound->amount);
	const struct civil_date before = civil_add_days(earliest, -1);
	set_sides(day, day_text(day, earliest), day_text(day, before));
	day->made->say = arena_printf(day->arena, "Received on %s: dated %s or later %s, dated %s or earlier %s.",
				      day_words(day, day->on), day_words(day, earliest), outcome.first, day_words(day, before),
				      outcome.then);
}

static bool below(const struct on_day *day)
{
	const struct bound *bound = day->bound;
	const int holder = (int)(strrchr(bound->pointer, '/') - bound->pointer);
	const struct json *holds = json_at(bound->item->json, arena_printf(day->arena, "%.*s", holder, bound->pointer));
	const struct json *member = json_member(holds, "below");
	return strcmp(bound->check, "age_below") == 0 ||
	       (member && json_kind(member) == JSON_BOOLEAN && json_boolean(member)) || bound->kind == BOUND_PAPER_AGE ||
	       (bound->kind == BOUND_BIRTHDAY && json_member(bound->arguments, "no"));
}

/* Who is of the age that the bound asks, or of the other: "who has not turned 18 passes". */
static const char *age_words(const struct on_day *day, bool under)
{
	const struct bound *bound = day->bound;
	const bool selects = bound->kind == BOUND_AGED; /* which of several are meant */
	const bool young = selects ? under : under != bound->negated;
	const char *turned = arena_printf(day->arena, "who has%s turned %d", young ? " not" : "", bound->amount);
	if (bound->kind == BOUND_PAPER_AGE) {
		return "the age decides which papers count";
	}
	if (selects || bound->sense == SENSE_OTHER) {
		return arena_printf(day->arena, "%s counts", turned);
	}
	return arena_printf(day->arena, bound->sense == SENSE_WHEN ? "the item applies to %s" : "%s passes", turned);
}

/* Who has the birthday on the day, and who has it a day later. */
static void explain_age(struct on_day *day)
{
	const struct civil_date of_age = civil_add_years(day->on, -day->bound->amount);
	const struct civil_date under_age = civil_add_days(of_age, 1);
	const bool under = below(day);
	const bool young = under != at_most(day->bound);
	if (day->bound->kind != BOUND_PAPER_AGE) {
		set_sides(day, day_text(day, young ? under_age : of_age), day_text(day, young ? of_age : under_age));
	}
	day->made->say =
		arena_printf(day->arena, "Asked on %s: born on %s somebody has turned %d by then, born on %s not yet; %s.",
			     day_words(day, day->on), day_text(day, of_age), day->bound->amount, day_text(day, under_age),
			     age_words(day, under));
}

static void explain_span(struct on_day *day)
{
	const struct civil_date last = civil_add_days(day->on, day->bound->amount - 1);
	const bool cover = day->bound->kind == BOUND_COVER;
	const struct civil_date next = civil_add_days(last, cover ? -1 : 1);
	const struct outcome outcome = outcome_of(day->bound);
	set_sides(day, day_text(day, last), day_text(day, next));
	if (cover && (day->bound->negated || day->bound->sense != SENSE_CHECK)) {
		day->made->say = arena_printf(day->arena, "What covers %s and goes to %s or later %s, what goes to %s %s.",
					      day_words(day, day->on), day_words(day, last), outcome.first,
					      day_words(day, next), outcome.then);
		return;
	}
	day->made->say = arena_printf(day->arena,
				      cover ? "What covers %s must go to %s or later; to %s is a day short."
					    : "Of days that begin on %s the last that fits is %s; %s is one too many.",
				      day_words(day, day->on), day_words(day, last), day_words(day, next));
}

/* Whether hours are counted from a moment: of what has only a day its end counts. Receipt is taken to be at noon. */
static bool from_moment(const struct on_day *day)
{
	const char *then = json_text(json_member(day->bound->arguments, "then"));
	struct slot slot;
	if (then && then[0] != '/') {
		return strcmp(then, "receipt") == 0;
	}
	return then && shape_find(day->policy->vocabulary->request, then, &slot) && slot.type == VALUE_INSTANT;
}

static void explain_order(struct on_day *day)
{
	const struct sayer sayer = {.arena = day->arena, .policy = day->policy};
	const struct bound *bound = day->bound;
	const char *last_text;
	const char *from = "";
	if (bound->unit == UNIT_HOURS) {
		const bool moment = from_moment(day);
		const struct instant begin = moment ? noon(day) : zone_end_of_day(day->policy->zone, day->on);
		const struct instant at = instant_add(begin, span_hours(bound->amount));
		from = moment ? "noon of " : "the end of ";
		last_text = instant_text(day, at);
		set_sides(day, last_text, instant_text(day, instant_add(at, span_seconds(1))));
	} else {
		const struct civil_date last = bound->unit == UNIT_YEARS ? civil_add_years(day->on, bound->amount)
									 : civil_add_days(day->on, bound->amount);
		last_text = day_text(day, last);
		set_sides(day, last_text, day_text(day, civil_add_days(last, 1)));
	}
	day->made->say = arena_printf(day->arena, "%s; after %s%s the last that %s is %s.", say_check(&sayer, bound->node),
				      from, day_words(day, day->on), outcome_of(bound).first, last_text);
}

/* What may not happen in the times fails from the day on which they begin. */
static void explain_after(struct on_day *day)
{
	const struct civil_date first = civil_add_days(day->on, day->bound->amount);
	const char *inside = day_text(day, first);
	const char *outside = day_text(day, civil_add_days(first, -1));
	const bool most = at_most(day->bound);
	set_sides(day, most ? outside : inside, most ? inside : outside);
	day->made->say = arena_printf(day->arena, "Of what begins on %s the first day that counts is %s.",
				      day_words(day, day->on), day_words(day, first));
}

static void explain_followed(struct on_day *day)
{
	const struct civil_date first = civil_add_days(day->on, -day->bound->amount);
	set_sides(day, day_text(day, first), day_text(day, civil_add_days(first, -1)));
	day->made->say = arena_printf(day->arena, "Of what is followed on %s the first day that fits is %s.",
				      day_words(day, day->on), day_words(day, first));
}

/* A limit until a birthday. */
static void explain_until(struct on_day *day)
{
	const struct civil_date birth = civil_add_years(day->on, -day->bound->amount);
	day->made->last_passes = day_text(day, civil_add_days(day->on, -1));
	day->made->first_fails = day_text(day, day->on);
	day->made->say =
		arena_printf(day->arena, "Who was born on %s turns %d on %s: the last day that fits is %s.",
			     day_text(day, birth), day->bound->amount, day_words(day, day->on), day->made->last_passes);
}

static const char *skipped_words(const struct on_day *day, const struct clock_due *due)
{
	if (due->skipped_count == 0) {
		return "";
	}
	struct say_list list = say_list(day->arena, due->skipped_count, "and");
	for (size_t i = 0; i < due->skipped_count; i++) {
		const struct skipped_day *one = &due->skipped[i];
		const bool weekend = strcmp(one->why, civil_weekday_name(civil_weekday(one->on))) == 0;
		say_add(&list, weekend ? day_words(day, one->on)
				       : arena_printf(day->arena, "%s (%s)", day_words(day, one->on), one->why));
	}
	return arena_printf(day->arena, ", passing over %s", say_end(&list));
}

static bool rule_of(const struct bound *bound, struct clock_rule *ret_rule)
{
	static const enum clock_unit units[] = {[UNIT_HOURS] = CLOCK_HOURS,
						[UNIT_DAYS] = CLOCK_CALENDAR_DAYS,
						[UNIT_YEARS] = CLOCK_CALENDAR_DAYS,
						[UNIT_CALENDAR_DAYS] = CLOCK_CALENDAR_DAYS,
						[UNIT_BUSINESS_DAYS] = CLOCK_BUSINESS_DAYS,
						[UNIT_OTHER] = CLOCK_CALENDAR_DAYS};
	*ret_rule = (struct clock_rule){units[bound->unit], bound->amount};
	return bound->unit != UNIT_OTHER && bound->unit != UNIT_YEARS && bound->amount > 0 && bound->amount <= CLOCK_AMOUNT_MAX;
}

/* What is said of days that the holiday list does not know, where business days are counted. */
static const char *unknown_words(const struct on_day *day, enum clock_unit unit, struct civil_date from, struct civil_date to)
{
	const char *unknown =
		unit == CLOCK_BUSINESS_DAYS ? calendar_unknown(day->policy->calendar, from, to, day->arena) : NULL;
	return unknown ? arena_printf(day->arena, "; %s", unknown) : "";
}

static bool counted_ahead(const struct item *item)
{
	const struct json *ahead = json_member(item->json, "ahead");
	return ahead && json_kind(ahead) == JSON_BOOLEAN && json_boolean(ahead);
}

static void explain_back(struct on_day *day, const char *what)
{
	struct clock_rule rule;
	if (rule_of(day->bound, &rule)) {
		const struct instant due = clock_count_back(&rule, day->on, day->policy->zone, day->policy->calendar);
		day->made->due_at = instant_text(day, due);
		day->made->say = arena_printf(day->arena, "%s %s: due %s%s.", what, day_words(day, day->on), day->made->due_at,
					      unknown_words(day, rule.unit, zone_date(day->policy->zone, due), day->on));
	}
}

/* WHAT happened FROM ("on", "from") the day; hours are counted from its noon. */
static void explain_clock(struct on_day *day, const char *what, const char *from)
{
	struct clock_rule rule;
	const char *on = day_words(day, day->on);
	if (day->bound->unit == UNIT_YEARS) {
		day->made->due_at =
			instant_text(day, zone_end_of_day(day->policy->zone, civil_add_years(day->on, day->bound->amount)));
		day->made->say = arena_printf(day->arena, "%s %s %s: due %s.", what, from, on, day->made->due_at);
	}
	if (!rule_of(day->bound, &rule)) {
		return;
	}
	struct clock_due *due = arena_alloc(day->arena, sizeof(*due));
	*due = clock_compute(&rule, noon(day), day->policy->zone, day->policy->calendar);
	day->made->due_at = instant_text(day, due->due_at);
	day->made->skipped = due->skipped;
	day->made->skipped_count = due->skipped_count;
	if (rule.unit == CLOCK_HOURS) {
		on = arena_printf(day->arena, "noon of %s", on);
		from = strcmp(from, "on") == 0 ? "at" : from;
	}
	day->made->say = arena_printf(day->arena, "%s %s %s: due %s%s%s.", what, from, on, day->made->due_at,
				      skipped_words(day, due), unknown_words(day, rule.unit, day->on, due->due_on));
}

void explain_bound(const struct policy *policy, const struct bound *bound, struct civil_date on, struct arena *arena,
		   struct explained_bound *ret_bound)
{
	struct on_day day = {policy, bound, on, arena, ret_bound};
	*ret_bound = (struct explained_bound){.bound = bound, .say = "What it means on a day cannot be said here."};
	switch (bound->kind) {
	case BOUND_PAPER:
	case BOUND_SECTION:
	case BOUND_SECTION_PAPER:
	case BOUND_MOMENT: explain_window(&day); break;
	case BOUND_AGE:
	case BOUND_AGED_AT:
	case BOUND_AGED:
	case BOUND_BIRTHDAY:
	case BOUND_PAPER_AGE: explain_age(&day); break;
	case BOUND_COVER:
	case BOUND_LIMIT: explain_span(&day); break;
	case BOUND_LIMIT_BIRTHDAY: explain_until(&day); break;
	case BOUND_ORDER: explain_order(&day); break;
	case BOUND_AFTER: explain_after(&day); break;
	case BOUND_FOLLOWED: explain_followed(&day); break;
	case BOUND_CLOCK: explain_clock(&day, bound->item->from_arrival ? "Complete" : "Received", "on"); break;
	case BOUND_TIMER: explain_clock(&day, "Counted", "from"); break;
	case BOUND_DUTY_EVERY: explain_clock(&day, "Again after what happened", "on"); break;
	case BOUND_ASK_AGAIN: explain_back(&day, "Where the last day is"); break;
	case BOUND_DUTY:
		if (counted_ahead(bound->item)) {
			explain_back(&day, "Ahead of");
		} else {
			explain_clock(&day, "Begun", "on");
		}
		break;
	case BOUND_OTHER: break;
	}
}
