/* SPDX-License-Identifier: Apache-2.0 */
/* The clock of an obligation in words: what begins it, by when it is due, what does it, how it comes again and what ends it. */
#include "policy/duty_rule.h"
#include "policy/say.h"

enum { DUTY_ROOM = 256 };

const char *say_paused(const struct sayer *sayer, const struct item *item)
{
	return item->duty && item->duty->paused
		       ? arena_printf(sayer->arena, "Nothing begins %s.", say_pause(sayer, json_member(item->json, "paused")))
		       : NULL;
}

static void say_start(const struct sayer *sayer, const struct item *item, struct text *out)
{
	const char *start = say_selector(sayer, json_member(item->json, "starts"));
	/* the selector itself says that the newest is meant */
	const char *how = item->duty->each ? ", each time" : item->duty->starts.latest ? "" : ", the first time";
	text_printf(out, "Begins with %s%s.%s", start, how,
		    item->duty->anew ? " After each end it begins again in this way." : "");
	if (item->duty->paused) {
		text_printf(out, " %s", say_paused(sayer, item));
	}
}

static void say_due(const struct sayer *sayer, const struct item *item, struct text *out)
{
	const char *within = say_amount(sayer->arena, json_member(item->json, "within"));
	const char *every = say_amount(sayer->arena, json_member(item->json, "every"));
	if (item->duty->periods == PERIODS_WEEKS) {
		text_puts(out, " Due in every whole calendar week, Monday to Sunday.");
		return;
	}
	if (item->duty->same_day) {
		text_puts(out, " Due on the same day.");
		return;
	}
	if (within || every) {
		text_printf(out, item->duty->ahead ? " Due at least %s ahead of the day that is planned." : " Due within %s.",
			    within ? within : every);
	} else {
		text_puts(out, " No time is set.");
	}
	if (every) {
		text_printf(out,
			    item->duty->periods == PERIODS_FROM_START ? " Due again in each %s that follow."
								      : " Due again within %s of when it was done.",
			    every);
	}
}

static const char *say_attested(const struct sayer *sayer, const struct item *item)
{
	const char *every = say_amount(sayer->arena, json_member(item->json, "every"));
	return every ? arena_printf(sayer->arena, "Attested again within %s, or by the last day that the attestation gives.",
				    every)
		     : "Attested once; it holds until the last day that the attestation gives, if it gives one.";
}

const char *say_duty(const struct sayer *sayer, const struct item *item)
{
	const struct json *until = json_member(item->json, "until");
	const struct json *done = json_member(item->json, "fulfilled_by");
	struct text out;
	if (!item->duty) {
		return NULL;
	}
	if (item->duty->attest) {
		return say_attested(sayer, item);
	}
	text_init(&out, sayer->arena, DUTY_ROOM);
	say_start(sayer, item, &out);
	say_due(sayer, item, &out);
	text_printf(&out, " Done with %s.", say_selector(sayer, done));
	if (until) {
		text_printf(&out, " Ends with %s.", say_selector(sayer, until));
	}
	if (item->when && item->unknown_met) {
		text_puts(&out, " It is owed too while it cannot be told whether it applies.");
	}
	return out.data;
}
