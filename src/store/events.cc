#include <algorithm>
#include <cstdint>

#include "core/audit_chain.h"
#include "sql.h"
#include "store/events_rows.h"
#include "store/packed.h"
#include "store/ports.h"
#include "util/text.h"

namespace ostiary {
namespace {

class SqlEvents final : public Events {
public:
    explicit SqlEvents(Desk& desk) : desk_(desk) {}

    void Append(const Event& event) override {
        const AuditMarks marks =
            MarksFor(desk_.vault, desk_.random, ContentOf(event), desk_.NextStamp());
        desk_.Run(
            sql::kAppendEvent,
            {event.at, NameOf(event.kind), OrNull(event.code_id), OrNull(event.actor_id),
             OrNull(event.actor_name), OrNull(event.subject_id), OrNull(event.subject_name),
             OrNull(event.details), NameOf(event.origin.door), OrNull(event.origin.address),
             OrNull(event.origin.request_id), marks.mac, marks.digest, marks.salt, marks.stamp});
        if (!desk_.IsPostgres()) desk_.Run(sql::kFanOutEvent, {});
    }

    void AppendAll(std::span<const Event> events) override {
        if (!desk_.IsPostgres() || events.size() < 2) {
            for (const Event& event : events) Append(event);
            return;
        }
        std::vector<std::int64_t> moments, codes;
        std::vector<std::string_view> kinds, actors, actor_names, subjects, subject_names, details,
            doors, addresses, requests, macs, digests, salts, stamps;
        std::vector<AuditMarks> marks;
        marks.reserve(events.size());
        for (const Event& event : events) {
            moments.push_back(event.at);
            kinds.push_back(NameOf(event.kind));
            codes.push_back(event.code_id);
            actors.push_back(event.actor_id);
            actor_names.push_back(event.actor_name);
            subjects.push_back(event.subject_id);
            subject_names.push_back(event.subject_name);
            details.push_back(event.details);
            doors.push_back(NameOf(event.origin.door));
            addresses.push_back(event.origin.address);
            requests.push_back(event.origin.request_id);
            marks.push_back(
                MarksFor(desk_.vault, desk_.random, ContentOf(event), desk_.NextStamp()));
            macs.push_back(marks.back().mac);
            digests.push_back(marks.back().digest);
            salts.push_back(marks.back().salt);
            stamps.push_back(marks.back().stamp);
        }
        desk_.Run(sql::kAppendEvents,
                  {moments, kinds, codes, actors, actor_names, subjects, subject_names, details,
                   doors, addresses, requests, macs, digests, salts, stamps});
    }

    std::vector<Event> ListOfCode(CodeId code, std::size_t most) override {
        return FindMany(sql::kEventsOfCode, {code, most});
    }

    std::vector<Event> Latest(std::size_t most) override {
        return FindMany(sql::kLatestEvents, {most});
    }

    EventPage List(const EventQuery& query) override {
        EventPage page;
        page.events = FindPage(query);
        const bool more = page.events.size() > query.page_size;
        if (more) page.events.pop_back();
        if (query.newer) std::ranges::reverse(page.events);
        page.has_older = query.newer || more;
        page.has_newer = query.newer ? more : query.cursor != 0;
        return page;
    }

    std::vector<Happening> Tail(std::int64_t after, const std::vector<std::int64_t>& also,
                                std::size_t most) override {
        std::vector<Happening> happenings;
        desk_.Run(sql::kTailEvents, {after, also, most}, [&](const Row& row) {
            Columns columns(row);
            Happening one;
            one.id = columns.Int();
            one.kind = EventKindNamed(columns.Text());
            one.code_id = columns.Int();
            one.actor_id = columns.String();
            one.subject_id = columns.String();
            one.task_group = columns.String();
            one.creator_id = columns.String();
            happenings.push_back(std::move(one));
        });
        return happenings;
    }

    std::int64_t LastId() override {
        std::int64_t last = 0;
        desk_.Run(sql::kFindLastEventId, {}, [&](const Row& row) { last = Columns(row).Int(); });
        return last;
    }

    std::optional<Millis> LastDeed(std::string_view account_id, EventKind kind,
                                   std::size_t most) override {
        std::optional<Millis> at;
        desk_.Run(sql::kLastDeed, {account_id, NameOf(kind), most},
                  [&](const Row& row) { at = row.Int(0); });
        return at;
    }

private:
    std::vector<Event> FindPage(const EventQuery& query) {
        const std::int64_t beyond = query.cursor != 0 ? query.cursor
                                    : query.newer     ? INT64_MIN
                                                      : INT64_MAX;
        const std::string search =
            query.search.empty() ? std::string() : LikeAnywhere(Fold(query.search));
        std::vector<Value> values = {beyond,      query.kind, query.from,
                                     query.until, search,     query.page_size + 1};
        const Statement* statement = query.newer ? &sql::kListEventsAfter : &sql::kListEvents;
        if (!query.person.empty()) {
            statement = query.newer ? &sql::kListEventsOfPersonAfter : &sql::kListEventsOfPerson;
            values.emplace_back(query.person);
            values.emplace_back(query.code_id);
        } else if (query.code_id != 0) {
            statement = query.newer ? &sql::kListEventsOfCodeAfter : &sql::kListEventsOfCode;
            values.emplace_back(query.code_id);
        }
        return FindMany(*statement, values);
    }

    std::vector<Event> FindMany(const Statement& statement, std::initializer_list<Value> values) {
        return FindMany(statement, std::span(values.begin(), values.size()));
    }
    std::vector<Event> FindMany(const Statement& statement, std::span<const Value> values) {
        std::vector<Event> events;
        desk_.Run(statement, values, [&](const Row& row) {
            Columns columns(row);
            events.push_back(ReadEvent(columns));
        });
        return events;
    }

    Desk& desk_;
};

}  // namespace

std::unique_ptr<Events> EventsAt(Desk& desk) { return std::make_unique<SqlEvents>(desk); }

}  // namespace ostiary
