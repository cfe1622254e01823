/* SPDX-License-Identifier: Apache-2.0 */
/* What an obligation says of its duties, compiled. Seen by the files of the policy room only. */
#ifndef AR_POLICY_DUTY_RULE_H
#define AR_POLICY_DUTY_RULE_H

#include "policy/pause.h"

/* A time between duties, or after which an attestation expires. */
struct duty_length {
	bool years; /* else as rule.unit says */
	struct clock_rule rule; /* amount 0: not said */
};

/* When the next duty begins. */
enum duty_periods {
	PERIODS_NONE, /* with what fulfils the one before */
	PERIODS_FROM_START, /* when the one before is due, whatever became of it */
	PERIODS_WEEKS /* each calendar week, Monday to Sunday, that begins on or after the start */
};

struct duty_rule {
	bool attest; /* a provider attests it; nothing below but `every` is said then */
	struct selector starts;
	struct selector fulfilled_by;
	struct selector until;
	bool has_until;
	const struct pause *paused; /* nothing starts while it lasts; or NULL */
	bool ahead; /* counted back from the day of the start */
	bool each; /* every starting occurrence begins a duty, not the first one alone */
	bool anew; /* between each end and the next one start begins one */
	bool in_hours;
	bool same_day; /* due on the day of the start */
	struct duty_length every;
	enum duty_periods periods;
};

/* The end of the day or the hour that RULE counts from FROM, ahead or after. */
struct duty_due {
	struct instant at;
	struct civil_date on;
};
struct duty_due duty_due_within(const struct policy *policy, const struct clock_rule *rule, const struct happening *from,
				bool ahead);
struct duty_due duty_due_every(const struct policy *policy, const struct duty_length *every, const struct happening *from);

/* The last day of what began on a day and lasts that long. */
struct civil_date duty_length_end(const struct policy *policy, const struct duty_length *length, struct civil_date from);

#endif
