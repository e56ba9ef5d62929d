#pragma once

// Every call of the API, one file per noun. Routes and permissions stand in app/routes.cc.

#include "core/world.h"
#include "http/message.h"
#include "util/result.h"

namespace ostiary::api {

// Codes.
Result<Response> CodeCreate(const Request&, World&);
Result<Response> CodeList(const Request&, World&);
Result<Response> CodeGet(const Request&, World&);
Result<Response> CodePatch(const Request&, World&);
Result<Response> CodeDelete(const Request&, World&);
Result<Response> CodeRevoke(const Request&, World&);
Result<Response> CodeReactivate(const Request&, World&);
Result<Response> CodeApprove(const Request&, World&);
Result<Response> CodeReject(const Request&, World&);
Result<Response> CodeRedemptions(const Request&, World&);
Result<Response> CodeAircraftRolePut(const Request&, World&);
Result<Response> CodeAircraftRoleDelete(const Request&, World&);
Result<Response> CodeExplain(const Request&, World&);
Result<Response> CodeMail(const Request&, World&);
Result<Response> CodeMails(const Request&, World&);

Result<Response> AlertList(const Request&, World&);
Result<Response> AlertAcknowledge(const Request&, World&);
Result<Response> AlertSnooze(const Request&, World&);
Result<Response> CodeQr(const Request&, World&);
Result<Response> CodesImport(const Request&, World&);  // POST /api/invite-codes/import/
Result<Response> ImportGet(const Request&, World&);    // GET  /api/imports/{import}/
Result<Response> ImportUndo(const Request&, World&);   // POST /api/imports/{import}/undo/
Result<Response> CodesInvite(const Request&, World&);  // POST /api/invite-codes/invite/
Result<Response> CodesBulk(const Request&, World&);
Result<Response> JobList(const Request&, World&);     // GET  /api/jobs/
Result<Response> JobGet(const Request&, World&);      // GET  /api/jobs/{job}/
Result<Response> JobSkipped(const Request&, World&);  // GET  /api/jobs/{job}/skipped/
Result<Response> JobCancel(const Request&, World&);   // POST /api/jobs/{job}/cancel/
Result<Response> JobUndo(const Request&, World&);     // POST /api/jobs/{job}/undo/

// What codes are made from.
Result<Response> TemplateList(const Request&, World&);
Result<Response> TemplateCreate(const Request&, World&);
Result<Response> TemplateGet(const Request&, World&);
Result<Response> TemplatePatch(const Request&, World&);
Result<Response> TemplateDelete(const Request&, World&);

// People who ask for an invitation.
Result<Response> RequestCreate(const Request&, World&);
Result<Response> RequestList(const Request&, World&);
Result<Response> RequestGet(const Request&, World&);
Result<Response> RequestAccept(const Request&, World&);
Result<Response> RequestDecline(const Request&, World&);

// Getting in.
Result<Response> Validate(const Request&, World&);
Result<Response> RegisterAccount(const Request&, World&);
Result<Response> AuthToken(const Request&, World&);
Result<Response> RedemptionCreate(const Request&, World&);
Result<Response> RedemptionList(const Request&, World&);

// People and things.
Result<Response> MeGet(const Request&, World&);
Result<Response> UserList(const Request&, World&);
Result<Response> UsersCsv(const Request&, World&);
Result<Response> CodesCsv(const Request&, World&);
Result<Response> RedemptionsCsv(const Request&, World&);
Result<Response> UserGet(const Request&, World&);
Result<Response> UserPatch(const Request&, World&);
Result<Response> UserDeactivate(const Request&, World&);
Result<Response> UserReactivate(const Request&, World&);
Result<Response> UserBrought(const Request&, World&);  // GET /api/users/{id}/brought/

// Taking back.
Result<Response> RecallCreate(const Request&, World&);
Result<Response> RecallList(const Request&, World&);
Result<Response> RecallGet(const Request&, World&);
Result<Response> RecallItems(const Request&, World&);
Result<Response> RecallUndo(const Request&, World&);
Result<Response> PullCreate(const Request&, World&);
Result<Response> PullList(const Request&, World&);
Result<Response> PullGet(const Request&, World&);
Result<Response> PullChanges(const Request&, World&);
Result<Response> PullApply(const Request&, World&);
Result<Response> PullDiscard(const Request&, World&);

Result<Response> AircraftList(const Request&, World&);
Result<Response> AircraftCreate(const Request&, World&);
Result<Response> AircraftGet(const Request&, World&);
Result<Response> AircraftPatch(const Request&, World&);
Result<Response> AircraftRetire(const Request&, World&);
Result<Response> AircraftReturn(const Request&, World&);
Result<Response> StatsOverview(const Request&, World&);
Result<Response> StatsRegistrations(const Request&, World&);
Result<Response> StatsRoles(const Request&, World&);
Result<Response> StatsTaskGroups(const Request&, World&);
Result<Response> StatsFunnel(const Request&, World&);
Result<Response> StatsUsage(const Request&, World&);
Result<Response> AuditList(const Request&, World&);
Result<Response> AuditCsv(const Request&, World&);
Result<Response> AuditJson(const Request&, World&);
Result<Response> AuditVerify(const Request&, World&);
Result<Response> TokenList(const Request&, World&);
Result<Response> TokenCreate(const Request&, World&);
Result<Response> TokenDelete(const Request&, World&);

// Webhooks.
Result<Response> WebhookList(const Request&, World&);
Result<Response> WebhookCreate(const Request&, World&);
Result<Response> WebhookGet(const Request&, World&);
Result<Response> WebhookPatch(const Request&, World&);
Result<Response> WebhookDelete(const Request&, World&);
Result<Response> WebhookRotateSecret(const Request&, World&);
Result<Response> WebhookTest(const Request&, World&);
Result<Response> WebhookDeliveries(const Request&, World&);
Result<Response> WebhookReplay(const Request&, World&);
Result<Response> WebhookReplaySince(const Request&, World&);

}  // namespace ostiary::api
