/* SPDX-License-Identifier: Apache-2.0 */
/* What a policy may need of a determination, by the words that policies use. */
#ifndef AR_DOMAIN_NEED_H
#define AR_DOMAIN_NEED_H

enum need {
	NEED_RATIONALE,
	NEED_DOCUMENTS_REVIEWED,
	NEED_ALTERNATIVE,
	NEED_REFERRAL,
	NEED_INTERQUAL_REVIEW,
	NEED_CON_CERTIFIED,
	NEED_JUDGMENTS_ANSWERED,
	NEED_UNINVOLVED, /* whoever decides had no part in what is decided */
	NEED_PLACEMENT,
	NEED_TYPE, /* of what is granted, as the next two */
	NEED_FREQUENCY,
	NEED_DURATION,
	NEED_AUTHORIZATION_REQUIRED, /* never had: nothing is decided where a policy asks for it */
	NEED_COUNT
};

extern const char *const need_names[NEED_COUNT];

/* NEED_COUNT for another word. */
enum need need_find(const char *word);

#endif
