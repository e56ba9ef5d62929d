#pragma once

#include <string>
#include <vector>

#include "outbox/worker.h"

namespace ostiary::outbox {

// Sessions that ended a month ago are of no use to anybody: the audit log remembers the log-ins.
void DeleteOldSessions(World&);

// Reset links whose time is over stop nobody, but are of no use either.
void DeleteOldResetLinks(World&);

// Lists of codes learn of redemptions and of what has expired.
void SettleLists(World&);

// Buckets that are full again say nothing that no bucket does not say.
void DeleteFullBuckets(World&);

// Reports learn of what has happened since.
void CountUpForReports(World&);

// What somebody should hear of is found.
void WatchForAlerts(World&);

// The audit log is linked, and its end is remembered outside the database; a log whose end does not
// fit is complained about in the program's own log, once for each thing that is wrong.
class AuditKeeper {
public:
    void Keep(World&);

private:
    std::string complained_of_;
};

// Imports and changes of many codes that are under way go on. They have a worker of their own: a
// large one takes minutes.
std::vector<Chore> JobChores();

// All else that the program does by itself.
std::vector<Chore> Chores();

}  // namespace ostiary::outbox
