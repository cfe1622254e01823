/* SPDX-License-Identifier: Apache-2.0 */
/* The answer about what a provider attests: how it stands, by whom and until when. */
#ifndef AR_WIRE_STANDING_H
#define AR_WIRE_STANDING_H

#include "base/json_write.h"
#include "policy/duty.h"
#include "policy/policy.h"

struct standing_answer {
	const char *id; /* NULL: nothing is recorded yet, or it is read from several records */
	int64_t version;
	const char *provider_npi;
	struct instant received_at;
	struct instant updated_at;
	const struct program *program;
	const struct attestation *attestations;
	const struct json *const *said; /* the occurrence of each of them, or NULL */
	size_t count;
	const char *organization; /* whose they are; NULL: the plan's */
	const struct standing_answer *parts; /* for staff, what each organization has said; NULL: the reader's own alone */
	size_t part_count;
};

void standing_answer_write(struct json_writer *writer, const struct standing_answer *answer);

#endif
