/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"
#include "review/service.h"
#include "review/trusted_clock.h"
#include "store/records.h"

enum { BORNE_SECONDS = 60 };

struct instant service_clock(const struct service *service)
{
	int64_t fixed = atomic_load_explicit(&service->clock_fixed_us, memory_order_relaxed);
	int64_t offset = atomic_load_explicit(&service->clock_offset_us, memory_order_relaxed);
	if (fixed == 0 && service->clock != NULL) {
		int64_t high = atomic_load_explicit(&service->clock_high_us, memory_order_relaxed);
		return trusted_clock_now(service->clock, (struct instant){high});
	}
	int64_t base = fixed != 0 ? fixed : instant_now().us;
	return (struct instant){base + offset};
}

bool service_clock_suspect(const struct service *service)
{
	return service->clock != NULL && trusted_clock_suspect(service->clock);
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

/* What is recorded against the clock: refuses it, or begins service_now at the newest event. *RET_LATER: the newest event is later. */
static bool follow_events(struct service *service, bool accept, bool *ret_later, struct err *err)
{
	char newest_text[INSTANT_TEXT_SIZE];
	char now_text[INSTANT_TEXT_SIZE];
	struct instant newest;
	if (!newest_event(service, &newest, err)) {
		return false;
	}
	struct instant now = service_clock(service);
	*ret_later = instant_compare(newest, instant_add(now, span_seconds(BORNE_SECONDS))) > 0;
	if (!*ret_later) {
		atomic_store(&service->clock_high_us, newest.us);
		return true;
	}
	(void)instant_format_utc(newest, newest_text);
	(void)instant_format_utc(now, now_text);
	return accept || err_set(err, ERR_CONFIG,
				 "the newest event is of %s and this machine's clock says %s; set the clock, or start with "
				 "--accept-clock if it is right",
				 newest_text, now_text);
}

bool service_clock_start(struct service *service, const char *database, bool accept, struct err *err)
{
	bool suspected = false;
	bool later = false;
	char now_text[INSTANT_TEXT_SIZE];
	service->clock = trusted_clock_open(database, accept, &suspected, err);
	if (service->clock == NULL || !follow_events(service, accept, &later, err)) {
		return false;
	}
	if (accept && (later || suspected)) {
		(void)instant_format_utc(service_clock(service), now_text);
		LOG(LOG_WARNING, "clock_accepted", LOG_TEXT("clock", now_text),
		    LOG_TEXT("detail", later ? "the newest event is later" : "it was suspect"));
	}
	return true;
}

void service_clock_stop(struct service *service)
{
	trusted_clock_close(service->clock);
	service->clock = NULL;
}
