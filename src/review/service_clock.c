/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"
#include "review/service.h"
#include "store/records.h"

enum { BORNE_SECONDS = 60 };

struct instant service_clock(const struct service *service)
{
	int64_t fixed = atomic_load_explicit(&service->clock_fixed_us, memory_order_relaxed);
	int64_t offset = atomic_load_explicit(&service->clock_offset_us, memory_order_relaxed);
	int64_t base = fixed != 0 ? fixed : instant_now().us;
	return (struct instant){base + offset};
}

struct instant service_now(struct service *service)
{
	struct instant now = service_clock(service);
	int64_t high = atomic_load_explicit(&service->clock_high_us, memory_order_relaxed);
	while (now.us > high) {
		if (atomic_compare_exchange_weak_explicit(&service->clock_high_us, &high, now.us, memory_order_relaxed,
							  memory_order_relaxed)) {
			return now;
		}
	}
	return (struct instant){high};
}

static bool newest_event(struct service *service, struct instant *ret_at, struct err *err)
{
	struct store_reader *reader = store_reader_open(service->store, err);
	if (reader == NULL) {
		return false;
	}
	bool good = events_newest_at(reader, ret_at, err);
	store_reader_close(reader);
	return good;
}

bool service_clock_start(struct service *service, bool accept, struct err *err)
{
	char newest_text[INSTANT_TEXT_SIZE];
	char now_text[INSTANT_TEXT_SIZE];
	struct instant newest;
	if (!newest_event(service, &newest, err)) {
		return false;
	}
	struct instant now = service_clock(service);
	(void)instant_format_utc(newest, newest_text);
	(void)instant_format_utc(now, now_text);
	if (instant_compare(newest, instant_add(now, span_seconds(BORNE_SECONDS))) <= 0) {
		atomic_store(&service->clock_high_us, newest.us);
		return true;
	}
	if (!accept) {
		return err_set(err, ERR_CONFIG,
			       "the newest event is of %s and this machine's clock says %s; set the clock, or start with "
			       "--accept-clock if it is right",
			       newest_text, now_text);
	}
	LOG(LOG_WARNING, "clock_accepted", LOG_TEXT("newest_event", newest_text), LOG_TEXT("clock", now_text));
	return true;
}
