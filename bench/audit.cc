// The audit log at a million entries: how long it takes to prove that it is whole, in constant
// memory; what linking costs; and what an event costs with its marks.

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>

#include "core/audit.h"
#include "core/audit_chain.h"
#include "core/audit_verify.h"
#include "core/happenings.h"
#include "support/installation.h"
#include "support/process.h"
#include "support/table.h"

namespace ostiary::bench {
namespace {

constexpr double kMostSeconds = 60, kMostMegabytes = 64, kMostMicroseconds = 10;
constexpr std::int64_t kTogether = 1'000;

double SecondsSince(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double MostMegabytes() {
    struct rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

Event Redeemed(std::int64_t number) {
    Event event = HappenedTo(EventKind::kCodeRedeemed, {Door::kApi, "192.0.2.1", "request"},
                             1'790'000'000'000 + number);
    event.actor_id = "01a20035-2044-7efd-9b6d-933017cb5f5d";
    event.actor_name = "shop";
    event.code_id = number % 1000 + 1;
    event.subject_name = "Spring crew";
    event.details = fmt::format(R"({{"subject":"subject-{}","role":"staff"}})", number);
    return event;
}

void AddEvents(Installation& house, std::int64_t count) {
    Note(fmt::format("writing {} events", count));
    for (std::int64_t done = 0; done < count; done += kTogether) {
        std::vector<Event> events;
        for (std::int64_t n = 0; n < kTogether; ++n) events.push_back(Redeemed(done + n));
        house.store
            ->Transact([&](Work& work) -> Result<void> {
                work.events.AppendAll(events);
                return {};
            })
            .ok();
    }
}

void Measure(const Options& options) {
    const TempFolder folder;
    Installation house(folder / "house");
    const std::int64_t many = options.quick ? 20'000 : 1'000'000;
    AddEvents(house, many);

    auto begin = std::chrono::steady_clock::now();
    LinkAuditLog(house.world, static_cast<std::size_t>(many));
    Note(fmt::format("linked {:.0f} a second", static_cast<double>(many) / SecondsSince(begin)));
    AnchorAuditLog(house.world);

    const double before = MostMegabytes();
    begin = std::chrono::steady_clock::now();
    const Actor console = Actor::Console("bench");
    const AuditVerdict verdict =
        VerifyAuditLog(console.Ask<Permission::kAuditRead>().value(), house.world).value();
    const double seconds = SecondsSince(begin);
    if (verdict.fault || verdict.entries != many) throw std::runtime_error("it is not whole");
    PrintBound(fmt::format("audit: verifying {} entries", many), seconds, kMostSeconds, " s");
    PrintBound("audit: more memory for it", MostMegabytes() - before, kMostMegabytes, " MB");

    begin = std::chrono::steady_clock::now();
    std::size_t bytes = 0;
    ExportEvents(console.Ask<Permission::kAuditRead>().value(), house.world, {}, AuditFormat::kCsv)
        .value()([&](std::string_view text) {
            bytes += text.size();
            return true;
        });
    Note(fmt::format("exported {:.0f} a second", static_cast<double>(many) / SecondsSince(begin)));
    PrintBound(fmt::format("audit: more memory for {} MB", bytes >> 20), MostMegabytes() - before,
               kMostMegabytes, " MB");

    constexpr int kMarks = 200'000;
    const Event event = Redeemed(1);
    begin = std::chrono::steady_clock::now();
    for (int i = 0; i < kMarks; ++i)
        MarksFor(house.vault, house.random, ContentOf(event), StampFor("bench", i));
    PrintBound("audit: marks of an event", SecondsSince(begin) * 1e6 / kMarks, kMostMicroseconds,
               " us");
}

}  // namespace
}  // namespace ostiary::bench

int main(int argc, char** argv) {
    return ostiary::bench::Main(argc, argv, ostiary::bench::Measure);
}
