/* SPDX-License-Identifier: Apache-2.0 */
#include "review/say.h"

#include "base/text.h"
#include "policy/vocabulary.h"

const char *say_word(const struct policy *policy, const char *word)
{
	const char *said = json_text(json_member(policy->vocabulary->words, word));
	return said != NULL ? said : word;
}

const char *say_words(struct arena *arena, const struct policy *policy, const struct item_words *words)
{
	struct text out;
	text_init(&out, arena, 128);
	text_puts(&out, "");
	for (size_t i = 0; i < words->count; i++) {
		const char *between = i == 0 ? "" : i + 1 < words->count ? ", " : " or ";
		text_printf(&out, "%s%s", between, say_word(policy, words->list[i]));
	}
	return out.data;
}
