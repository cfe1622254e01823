/* SPDX-License-Identifier: Apache-2.0 */
/* Boundary cases around 29 February: who was born on it, and what counts years back to it. The check is asked, not the item. */
#include "policy/boundary_place.h"
#include "policy/boundary_trial.h"

enum { FEBRUARY = 2, MARCH = 3, LEAP_DAY = 29, LAST_OF_FEBRUARY = 28, CYCLE = 4 };

/* The scene so many days later. */
struct moved {
	struct submission submission;
	struct scene scene;
};

static bool move(const struct scene *scene, const struct json *body, int days, struct moved *moved)
{
	moved->submission = scene_later(scene, days);
	moved->scene = *scene;
	moved->scene.submission = &moved->submission;
	moved->scene.received = hand_step(scene->received, days);
	moved->scene.body = scene_shift(scene, body, days);
	return moved->scene.body != NULL;
}

static void ask(struct trial *trial, const struct moved *moved, const struct json *body, bool met, const char *name)
{
	enum answer answer = ANSWER_UNKNOWN;
	const enum answer wanted = met ? ANSWER_MET : ANSWER_NOT_MET;
	struct arena *arena = moved->scene.arena;
	const bool asked = body && trial_ask(trial, &moved->scene, body, &answer);
	trial_case(trial, name,
		   asked && answer == wanted ? NULL
					     : arena_printf(arena, "the check is %s, wanted %s",
							    asked ? answer_name(answer) : "not judged", answer_name(wanted)));
}

/* The next common year in which somebody born in a leap year turns so old. */
static int common_year(int year, int years)
{
	while (hand_leap(year) || !hand_leap(year - years)) {
		year++;
	}
	return year;
}

/* Born on 29 February the birthday is 1 March of common years: on the last of February it has not come. */
static void ask_birthday(struct trial *trial, const struct scene *scene)
{
	const struct bound *bound = &trial->result.bound;
	const struct bound_manner manner = boundary_manner(scene, bound);
	const char *where = NULL;
	const char *why = NULL;
	struct hand_day birth;
	const struct json *at = boundary_place(scene, bound, 0, &where, &why);
	if (bound->amount % CYCLE == 0 || !at || !hand_read(json_text(json_at(at, "/member/birth_date")), &birth)) {
		return;
	}
	const struct hand_day deciding = hand_years(birth, bound->amount);
	const int year = common_year(deciding.year, bound->amount);
	const struct hand_day born = {year - bound->amount, FEBRUARY, LEAP_DAY};
	const struct hand_day days[] = {{year, FEBRUARY, LAST_OF_FEBRUARY}, {year, MARCH, 1}};
	for (size_t i = 0; i < 2; i++) {
		struct moved moved;
		char text[HAND_TEXT_SIZE];
		const bool on = i == 1;
		if (!move(scene, at, hand_between(deciding, days[i]), &moved)) {
			return;
		}
		const struct json *body = scene_put_day(&moved.scene, moved.scene.body, "/member/birth_date", born);
		/* where nobody may be of the age, the day before the birthday is inside; where one must be, it is outside */
		const bool met = on ? manner.met_at : !manner.met_at;
		ask(trial, &moved, body, met,
		    arena_printf(scene->arena, "born on 29 February, asked on %s", hand_text(days[i], text)));
	}
}

/* A year back from 29 February is the 28th. */
static void ask_window(struct trial *trial, const struct scene *scene)
{
	int year = scene->received.year;
	while (!hand_leap(year)) {
		year++;
	}
	struct moved moved;
	if (!move(scene, scene->body, hand_between(scene->received, (struct hand_day){year, FEBRUARY, LEAP_DAY}), &moved)) {
		return;
	}
	for (int distance = 1; distance >= -1; distance--) {
		const char *where = NULL;
		const char *why = NULL;
		const struct json *body = boundary_place(&moved.scene, &trial->result.bound, distance, &where, &why);
		ask(trial, &moved, body, distance >= 0,
		    arena_printf(scene->arena, "received on 29 February %d, dated %s", year, where));
	}
}

void trial_leap(struct trial *trial, const struct scene *scene)
{
	switch (trial->result.bound.kind) {
	case BOUND_AGE:
	case BOUND_AGED_AT:
	case BOUND_AGED:
	case BOUND_BIRTHDAY:
	case BOUND_PAPER_AGE: ask_birthday(trial, scene); break;
	case BOUND_PAPER:
	case BOUND_SECTION:
	case BOUND_SECTION_PAPER:
	case BOUND_MOMENT:
		if (trial->result.bound.unit == UNIT_YEARS) {
			ask_window(trial, scene);
		}
		break;
	case BOUND_OTHER:
	case BOUND_COVER:
	case BOUND_ORDER:
	case BOUND_AFTER:
	case BOUND_FOLLOWED:
	case BOUND_LIMIT:
	case BOUND_LIMIT_BIRTHDAY:
	case BOUND_CLOCK:
	case BOUND_TIMER:
	case BOUND_ASK_AGAIN:
	case BOUND_DUTY:
	case BOUND_DUTY_EVERY: break;
	}
}
