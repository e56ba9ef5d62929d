// Codes as a file (REP-2): written while it is read, so that it may be as long as it likes.

#include <fmt/format.h>

#include "core/codes_bulk.h"
#include "core/happenings.h"
#include "util/csv.h"
#include "util/text.h"

namespace ostiary {
namespace {

using enum Permission;

constexpr std::size_t kReadTogether = 200;

const std::vector<std::string>& Headings() {
    static const std::vector<std::string> headings = {"Code",
                                                      "Label",
                                                      "Creator",
                                                      "Role",
                                                      "Task Group",
                                                      "Usage",
                                                      "Status",
                                                      "Expires",
                                                      "Created",
                                                      "Notes",
                                                      "Aircraft Roles",
                                                      "Email",
                                                      "Name",
                                                      "Used",
                                                      "Max Uses",
                                                      "Starts",
                                                      "Last Used",
                                                      "Tags",
                                                      "Registration Link",
                                                      "Email Domains",
                                                      "Account Days",
                                                      "Welcome"};
    return headings;
}

std::string Moment(const std::optional<Millis>& at) { return at ? FormatRfc3339(*at) : ""; }

std::string Grants(const Code& code) {
    std::vector<std::string> grants;
    for (const AircraftGrant& grant : code.aircraft_roles)
        grants.push_back(grant.registration + ":" + grant.role);
    return Join(grants, ", ");
}

std::string LineOf(const Config& config, const Code& code, Millis now) {
    const std::string most = code.max_uses ? std::to_string(*code.max_uses) : "unlimited";
    const std::string used = std::to_string(code.used_count);
    return CsvLine({code.shown,
                    code.label,
                    code.created_by,
                    code.role,
                    code.task_group,
                    used + " of " + most,
                    std::string(NameOf(StatusAt(code, now))),
                    Moment(code.expires_at),
                    Moment(code.created_at),
                    code.notes,
                    Grants(code),
                    code.email,
                    code.name,
                    used,
                    most,
                    Moment(code.starts_at),
                    Moment(code.last_used_at),
                    Join(code.tags, ", "),
                    RegistrationUrl(config, code),
                    Join(code.email_domains, ", "),
                    code.account_days ? std::to_string(*code.account_days) : "",
                    code.welcome});
}

void WriteMatching(const Actor& actor, World& world, CodeQuery query, const WriteText& write) {
    query.page_size = kReadTogether;
    query.cursor.clear();
    query.count = false;
    do {
        const auto permit = actor.Ask<kCodesRead>();
        if (!permit.ok()) return;
        const auto page = ListCodes(permit.value(), world, query);
        if (!page.ok()) return;
        std::string lines;
        for (const Code& code : page->codes) lines += LineOf(world.config, code, world.clock.Now());
        if (!write(lines)) return;
        query.cursor = page->next;
    } while (!query.cursor.empty());
}

void WriteTicked(const Actor& actor, World& world, const CodeScope& scope,
                 const std::vector<CodeId>& ids, const WriteText& write) {
    for (const CodeId id : ids) {
        const auto permit = actor.Ask<kCodesRead>();
        if (!permit.ok()) return;
        const auto code = GetCode(permit.value(), world, scope, id);
        if (code.ok() && !write(LineOf(world.config, code.value(), world.clock.Now()))) return;
    }
}

std::string WhatOf(const CodeChoice& choice) {
    if (!choice.all) return fmt::format("{} codes", choice.ids.size());
    return "all codes that match";
}

}  // namespace

Result<CodesFile> ExportCodes(Permit<kCodesRead> permit, World& world, const DoorRules& rules,
                              CodeChoice choice) {
    const Actor& actor = permit.holder();
    if (choice.ids.size() > kMostCodesChosen && !choice.all)
        return Error{ErrorKind::kConflict, "codes.too_many", "Conflict",
                     "Choose all that match instead of so many by themselves"};
    if (choice.all) {
        choice.all->scope = rules.scope;
        CodeQuery probe = *choice.all;  // a wrong filter is told before the file begins
        probe.page_size = 1;
        probe.cursor.clear();
        probe.count = false;
        TRY(ListCodes(permit, world, probe));
    }
    TRY(world.store.Transact([&](Work& work) -> Result<void> {
        Event event = Happened(EventKind::kCodesExported, actor, world.clock.Now());
        event.subject_name = WhatOf(choice);
        std::vector<std::pair<std::string, std::string>> details;
        if (choice.all)
            details = {{"search", choice.all->search},
                       {"role", choice.all->role},
                       {"task_group", choice.all->task_group},
                       {"status", choice.all->status},
                       {"tag", choice.all->tag},
                       {"template", choice.all->template_name},
                       {"batch", choice.all->batch}};
        else
            details = {{"codes", std::to_string(choice.ids.size())}};
        work.events.Append(With(std::move(event), PairDetails(details)));
        return {};
    }));
    return CodesFile([actor, world = World(world), scope = rules.scope,
                      choice = std::move(choice)](const WriteText& write) mutable {
        if (!write(CsvLine(Headings()))) return;
        if (choice.all)
            WriteMatching(actor, world, *choice.all, write);
        else
            WriteTicked(actor, world, scope, choice.ids, write);
    });
}

}  // namespace ostiary
