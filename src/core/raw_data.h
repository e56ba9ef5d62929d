#pragma once

// The browser of raw data (ADM-6): every table, declared. What can be changed here is changed by
// the verbs that everything else uses, so the same rules and the same audit hold.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/permissions.h"
#include "core/raw_columns.h"
#include "core/raw_columns_files.h"
#include "core/raw_columns_jobs.h"
#include "core/raw_tables.h"
#include "core/world.h"

namespace ostiary {
namespace raw {

constexpr auto kAll = RawDeeds::kAdd | RawDeeds::kEdit | RawDeeds::kRemove;
constexpr std::string_view kHistory =
    "History is only ever added to: nobody changes it, not here either.";
constexpr std::string_view kProgram = "The program keeps this for itself and keeps it right.";

}  // namespace raw

inline constexpr std::array kRawTables = {
    RawTable{"account", "Accounts", "Somebody who can log in.",
             "An account is deleted after it was deactivated; its codes and history stay.",
             raw::kAll, raw::kAccount},
    RawTable{"account_aircraft", "Aircraft roles of accounts", "What an account may use.", "",
             raw::kAll, raw::kAccountAircraft},
    RawTable{"aircraft", "Aircraft", "Something that access is granted to.",
             "One that people or codes hold a role on can be retired, not deleted.", raw::kAll,
             raw::kAircraft},
    RawTable{"code", "Codes", "An invitation code.",
             "Uses are counted by redemptions alone, and a code that was used stays as it was.",
             raw::kAll, raw::kCode},
    RawTable{"code_aircraft", "Aircraft roles of codes", "What a code grants.", "", raw::kAll,
             raw::kCodeAircraft},
    RawTable{"code_fragment", "Search index of codes",
             "Three letters of a short code, hashed with a key.", raw::kProgram, RawDeeds::kNothing,
             raw::kCodeFragment},
    RawTable{"code_tag", "Tags of codes", "A tag, a template or a batch, and a code that has it.",
             raw::kProgram, RawDeeds::kNothing, raw::kCodeTag},
    RawTable{"template", "Templates", "What codes are made from.",
             "Templates are changed on their own page.", RawDeeds::kRemove, raw::kTemplate},
    RawTable{"template_aircraft", "Aircraft roles of templates", "What a template's codes grant.",
             "Templates are changed on their own page.", RawDeeds::kNothing,
             raw::kTemplateAircraft},
    RawTable{"redemption", "Redemptions", "One use of a code by one person.", raw::kHistory,
             RawDeeds::kNothing, raw::kRedemption},
    RawTable{"session", "Sessions", "A browser in which somebody is, or was, logged in.",
             "Removing one ends it: that browser is logged out at its next click.",
             RawDeeds::kRemove, raw::kSession},
    RawTable{"token", "API tokens", "What a program shows in somebody's name.",
             "Removing one revokes it: programs that use it are refused from then on.",
             RawDeeds::kRemove, raw::kToken},
    RawTable{"password_reset", "Password reset links", "The one link an account may have.",
             "Removing one withdraws it: the link stops working.", RawDeeds::kRemove,
             raw::kPasswordReset},
    RawTable{"event", "Events", "Something that happened.", raw::kHistory, RawDeeds::kNothing,
             raw::kEvent},
    RawTable{"audit_link", "Chain of events", "One event, sealed over the one before it.",
             raw::kHistory, RawDeeds::kNothing, raw::kAuditLink},
    RawTable{"audit_position", "Position of the chain", "How far events are linked.", raw::kProgram,
             RawDeeds::kNothing, raw::kAuditPosition},
    RawTable{"webhook", "Webhooks", "A place that is told what happens.",
             "Removing one drops its deliveries too: nothing is sent there any more.",
             RawDeeds::kRemove, raw::kWebhook},
    RawTable{"webhook_delivery", "Webhook deliveries", "One event on its way to one webhook.",
             raw::kProgram, RawDeeds::kNothing, raw::kWebhookDelivery},
    RawTable{"mail", "Mails", "A mail on its way to one person.", raw::kProgram, RawDeeds::kNothing,
             raw::kMail},
    RawTable{"scim_user", "People of the directory",
             "Somebody as a directory knows them over SCIM.", "The directory changes them.",
             RawDeeds::kNothing, raw::kScimUser},
    RawTable{"import", "Imports", "A file of codes, and what came of it.",
             "Imports are taken back on their own page.", RawDeeds::kNothing, raw::kImport},
    RawTable{"import_piece", "Pieces of imported files", "A part of a file that is not done yet.",
             raw::kProgram, RawDeeds::kNothing, raw::kImportPiece},
    RawTable{"import_error", "Errors of imports", "What was wrong with a row of a file.",
             raw::kProgram, RawDeeds::kNothing, raw::kImportError},
    RawTable{"import_row", "Rows of imports", "A row that became a code, hashed with a key.",
             raw::kProgram, RawDeeds::kNothing, raw::kImportRow},
    RawTable{"recall", "Recalls", "Codes and accounts that were taken back together.",
             "Recalls are undone on their own page.", RawDeeds::kNothing, raw::kRecall},
    RawTable{"recall_item", "What recalls did", "What a recall did to one code or account.",
             raw::kProgram, RawDeeds::kNothing, raw::kRecallItem},
    RawTable{"bulk_job", "Changes of many codes", "Codes that were changed together.",
             "Such changes are undone on their own page.", RawDeeds::kNothing, raw::kBulkJob},
    RawTable{"bulk_job_code", "Codes of such changes", "What came of one code of a change of many.",
             raw::kProgram, RawDeeds::kNothing, raw::kBulkJobCode},
    RawTable{"pull", "Pulls of people", "A file of a system of people, and what it would change.",
             "Pulls are applied and discarded on their own page.", RawDeeds::kNothing, raw::kPull},
    RawTable{"pull_change", "Changes of pulls", "What a pull would do, or did, to one person.",
             raw::kProgram, RawDeeds::kNothing, raw::kPullChange},
    RawTable{"pull_error", "Errors of pulls", "What was wrong with a row of a file.", raw::kProgram,
             RawDeeds::kNothing, raw::kPullError},
    RawTable{"pull_person", "People of pulls", "Somebody who came from the source of pulls.",
             raw::kProgram, RawDeeds::kNothing, raw::kPullPerson},
    RawTable{"alert", "Alerts", "Something that somebody should hear of.",
             "Alerts are acknowledged and snoozed on their own page.", RawDeeds::kNothing,
             raw::kAlert},
    RawTable{"alert_position", "Position of alerts", "How far events were looked at.",
             raw::kProgram, RawDeeds::kNothing, raw::kAlertPosition},
    RawTable{"alert_count", "Counters of alerts",
             "How often something was refused within one minute: by whom, or empty for everybody.",
             raw::kProgram, RawDeeds::kNothing, raw::kAlertCount},
    RawTable{"notification", "Notifications", "What somebody is told in the pages.", raw::kProgram,
             RawDeeds::kNothing, raw::kNotification},
    RawTable{
        "invitation_request", "Requests for invitations", "Somebody who asked for an invitation.",
        "Requests are accepted and declined on their own page.", RawDeeds::kNothing, raw::kRequest},
    RawTable{"visit", "Visits", "How often the invitation of a code was looked at, and by what.",
             raw::kProgram, RawDeeds::kNothing, raw::kVisit},
    RawTable{"shelf", "Shelves of codes", "Codes of one status, role and task group, counted.",
             raw::kProgram, RawDeeds::kNothing, raw::kShelf},
    RawTable{"shelved_code", "Places on shelves", "Where a code stands in the lists.",
             raw::kProgram, RawDeeds::kNothing, raw::kShelvedCode},
    RawTable{"shelf_change", "Changes of shelves", "What a shelf does not count yet.",
             raw::kProgram, RawDeeds::kNothing, raw::kShelfChange},
    RawTable{"unsettled_code", "Codes to be moved", "A code that may stand in the wrong place.",
             raw::kProgram, RawDeeds::kNothing, raw::kUnsettledCode},
    RawTable{"tally", "Counters of reports",
             "How often something happened on one day, by quarters of an hour (UTC).",
             raw::kProgram, RawDeeds::kNothing, raw::kTally},
    RawTable{"tally_position", "Positions of reports", "How far a table has been counted.",
             raw::kProgram, RawDeeds::kNothing, raw::kTallyPosition},
    RawTable{"receipt", "Receipts", "What was answered to a request with an Idempotency-Key.",
             raw::kProgram, RawDeeds::kNothing, raw::kReceipt},
    RawTable{"shared_bucket", "Wrong guesses",
             "How long until somebody who guessed wrong may guess as often as before.",
             raw::kProgram, RawDeeds::kNothing, raw::kSharedBucket},
    RawTable{"fact", "Facts", "A note of the installation about itself.", raw::kProgram,
             RawDeeds::kNothing, raw::kFact},
    RawTable{"schema_migration", "Migrations", "A step of the layout of this database.",
             raw::kProgram, RawDeeds::kNothing, raw::kMigration},
    RawTable{"commit_marker", "Commit markers", "The latest commit of a running node.",
             raw::kProgram, RawDeeds::kNothing, raw::kCommitMarker},
};

constexpr const RawTable* FindRawTable(std::string_view name) {
    for (const RawTable& table : kRawTables)
        if (table.name == name) return &table;
    return nullptr;
}

// Those this database has.
Result<std::vector<const RawTable*>> ListRawTables(Permit<Permission::kRawData>, World&);

// A row with what must not be seen taken out, and the text by which its address names it.
struct RawRecord {
    std::string address;  // sealed where the key itself is a secret
    RawRow values;        // of masked columns: empty text where there is something
};
struct RawListing {
    std::vector<RawRecord> rows;
    std::string next, previous;  // addresses of rows that other pages lie beyond; empty: none
};
struct RawQuestion {
    std::string search, column, value, beyond;
    bool back = false;
};
// What cannot be asked (a masked column, an unknown one, a broken address) finds nothing.
Result<RawListing> ListRawRows(Permit<Permission::kRawData>, World&, const RawTable&,
                               const RawQuestion&);
Result<RawRecord> GetRawRow(Permit<Permission::kRawData>, World&, const RawTable&,
                            std::string_view address);
// The address of the row with this key, for following a foreign key of one column.
std::string RawAddress(World&, const RawTable&, const RawKey&);
// Nothing if it is no address of this table.
RawKey RawKeyOf(const World&, const RawTable&, std::string_view address);

// ── Changes ────────────────────────────────────────────────────────────────────────────────────

// What was typed, by column; columns that were not sent stay as they are.
using RawTyped = std::vector<std::pair<std::string, std::string>>;

// kConflict where the table has no such deed; otherwise what the verb behind it says. Permission to
// look is not permission to change: each verb asks the actor for its own.
Result<void> AddRawRow(Permit<Permission::kRawData>, World&, const RawTable&, const RawTyped&);
Result<void> EditRawRow(Permit<Permission::kRawData>, World&, const RawTable&,
                        std::string_view address, const RawTyped&);
Result<void> RemoveRawRow(Permit<Permission::kRawData>, World&, const RawTable&,
                          std::string_view address);

}  // namespace ostiary
