#pragma once

// Every page, with its method and path. {codes} stands for a portal's list of codes:
// /admin/invite-codes/, /manager/invite-codes/, /manage/invitations/; {create} for its create path
// (core/portals.h).

#include <string>

#include "core/world.h"
#include "http/dispatch.h"
#include "http/message.h"
#include "util/result.h"

namespace ostiary::pages {

// ── Everybody ──────────────────────────────────────────────────────────────────────────────────
Result<Response> Home(const Request&, World&);  // GET  /
Result<Response> RegisterStart(const Request&,
                               World&);  // GET  /register/            box for a code, or ?code=
Result<Response> RegisterByCode(const Request&, World&);  // POST /register/
Result<Response> RegisterForm(const Request&, World&);    // GET  /register/{token}/
Result<Response> RegisterSubmit(const Request&, World&);  // POST /register/{token}/
Result<Response> RegisterTidy(const Request&, World&);    // GET  /register/{token}/{rest}/
Result<Response> LoginForm(const Request&, World&);       // GET  /login/
Result<Response> LoginSubmit(const Request&, World&);     // POST /login/
Result<Response> RequestForm(const Request&, World&);     // GET  /request-invitation/
Result<Response> RequestSend(const Request&, World&);     // POST /request-invitation/
Result<Response> LogoutForm(const Request&, World&);      // GET  /logout/
Result<Response> LogoutSubmit(const Request&, World&);    // POST /logout/

Result<Response> ResetStart(const Request&, World&);   // GET  /password-reset/
Result<Response> ResetAsk(const Request&, World&);     // POST /password-reset/
Result<Response> ResetForm(const Request&, World&);    // GET  /password-reset/{token}/
Result<Response> ResetSubmit(const Request&, World&);  // POST /password-reset/{token}/

// ── Somebody signed in: kOwnAccount ────────────────────────────────────────────────────────────
Result<Response> LanguageChoose(const Request&, World&);  // POST /language/
Result<Response> PasswordCheck(const Request&, World&);   // POST /password-check/
Result<Response> Welcome(const Request&, World&);         // GET  /welcome/
Result<Response> Palette(const Request&, World&);         // GET  /palette/
Result<Response> Live(const Request&, World&);            // GET  /live/
Result<Response> AccountHome(const Request&, World&);     // GET  /account/
Result<Response> AccountProfile(const Request&, World&);  // POST /account/profile/
Result<Response> AccountNotifications(const Request&,
                                      World&);          // GET /account/notifications/ kOwnAccount
Result<Response> AccountMails(const Request&, World&);  // POST /account/mails/ kOwnAccount
Result<Response> AccountPassword(const Request&, World&);   // POST /account/password/
Result<Response> SessionEnd(const Request&, World&);        // POST /account/sessions/end/
Result<Response> SessionEndOthers(const Request&, World&);  // POST /account/sessions/end-others/
Result<Response> TokenCreate(const Request&, World&);       // POST /account/tokens/
Result<Response> TokenRevoke(const Request&, World&);       // POST /account/tokens/{id}/revoke/

// ── Portals ────────────────────────────────────────────────────────────────────────────────────
Result<Response> PortalHome(const Request&,
                            World&);  // GET  /admin/ /manager/     the portal's permission
Result<Response> PortalToCodes(const Request&, World&);  // GET  /manage/              kManagePortal

// Each on every portal. The row asks for the portal's permission; the handler asks for the deed's.
Result<Response> CodesList(const Request&, World&);       // GET  {codes}
Result<Response> CodesBulk(const Request&, World&);       // POST {codes}bulk/
Result<Response> CodesBulkRun(const Request&, World&);    // POST {codes}bulk/run/
Result<Response> CodesBatch(const Request&, World&);      // GET  {codes}batches/{batch}/
Result<Response> CodesSheet(const Request&, World&);      // GET  {codes}batches/{batch}/sheet/
Result<Response> CodesRemind(const Request&, World&);     // POST {codes}batches/{batch}/remind/
Result<Response> CodesFunnel(const Request&, World&);     // GET  {codes}funnel/
Result<Response> CodesInvite(const Request&, World&);     // GET  {codes}invite/
Result<Response> CodesInviteRun(const Request&, World&);  // POST {codes}invite/
Result<Response> BulkJobs(const Request&, World&);        // GET  {codes}jobs/
Result<Response> BulkJobShow(const Request&, World&);     // GET  {codes}jobs/{job}/
Result<Response> BulkJobStop(const Request&, World&);     // POST {codes}jobs/{job}/stop/
Result<Response> BulkJobUndo(const Request&, World&);     // POST {codes}jobs/{job}/undo/
Result<Response> ImportNew(const Request&, World&);       // GET  {codes}import/
Result<Response> ImportKeep(const Request&, World&);      // POST {codes}import/
Result<Response> ImportShow(const Request&, World&);      // GET  {codes}import/{import}/
Result<Response> ImportRun(const Request&, World&);       // POST {codes}import/{import}/
Result<Response> ImportUndo(const Request&, World&);      // POST {codes}import/{import}/undo/
// GET  {codes}import/{import}/errors.csv
Result<Response> ImportErrors(const Request&, World&);
Result<Response> CodesViewSave(const Request&, World&);      // POST {codes}views/
Result<Response> CodesViewForget(const Request&, World&);    // POST {codes}views/forget/
Result<Response> CodeNew(const Request&, World&);            // GET  {create}
Result<Response> CodeCreate(const Request&, World&);         // POST {create}
Result<Response> CodeDetail(const Request&, World&);         // GET  {codes}{id}/
Result<Response> CodeSave(const Request&, World&);           // POST {codes}{id}/
Result<Response> CodeRevokeAsk(const Request&, World&);      // GET  {codes}{id}/revoke/
Result<Response> CodeRevoke(const Request&, World&);         // POST {codes}{id}/revoke/
Result<Response> CodeReactivateAsk(const Request&, World&);  // GET  {codes}{id}/reactivate/
Result<Response> CodeReactivate(const Request&, World&);     // POST {codes}{id}/reactivate/
Result<Response> CodeExtendAsk(const Request&, World&);      // GET  {codes}{id}/extend/
Result<Response> CodeExtend(const Request&, World&);         // POST {codes}{id}/extend/
Result<Response> CodeDeleteAsk(const Request&, World&);      // GET  {codes}{id}/delete/
Result<Response> CodeDelete(const Request&, World&);         // POST {codes}{id}/delete/
Result<Response> CodeApprove(const Request&, World&);        // POST {codes}{id}/approve/
Result<Response> CodeRejectAsk(const Request&, World&);      // GET  {codes}{id}/reject/
Result<Response> CodeReject(const Request&, World&);         // POST {codes}{id}/reject/
Result<Response> CodeAircraftSet(const Request&, World&);    // POST {codes}{id}/aircraft-roles/
Result<Response> CodeAircraftRemove(const Request&,
                                    World&);           // POST {codes}{id}/aircraft-roles/remove/
Result<Response> CodeMail(const Request&, World&);     // POST {codes}{id}/mail/
Result<Response> CodeQr(const Request&, World&);       // GET  {codes}{id}/qr/
Result<Response> CodeExplain(const Request&, World&);  // GET  {codes}explain/

// ── Recalls and who brought whom, on every portal ──────────────────────────────────────────────
Result<Response> RecallsList(const Request&, World&);   // GET  {home}recalls/
Result<Response> RecallNew(const Request&, World&);     // GET  {home}recalls/new/
Result<Response> RecallRun(const Request&, World&);     // POST {home}recalls/new/
Result<Response> RecallDetail(const Request&, World&);  // GET  {home}recalls/{recall}/
Result<Response> RecallUndo(const Request&, World&);    // POST {home}recalls/{recall}/undo/

// ── Pulls of people, for superusers ────────────────────────────────────────────────────────────
Result<Response> PullsList(const Request&, World&);    // GET  /admin/pulls/
Result<Response> PullAsk(const Request&, World&);      // POST /admin/pulls/
Result<Response> PullDetail(const Request&, World&);   // GET  /admin/pulls/{pull}/
Result<Response> PullApply(const Request&, World&);    // POST /admin/pulls/{pull}/apply/
Result<Response> PullDiscard(const Request&, World&);  // POST /admin/pulls/{pull}/discard/
Result<Response> BroughtTree(const Request&, World&);   // GET  {home}brought/

// ── Users and aircraft ─────────────────────────────────────────────────────────────────────────
Result<Response> UsersList(const Request&, World&);
Result<Response> UsersCsv(const Request&, World&);
Result<Response> Housekeeping(const Request&,
                              World&);  // GET  /manage/users/ /admin/users/ kUsersRead
Result<Response> UserDetail(const Request&, World&);  // GET  /admin/users/{id}/ kUsersWrite
Result<Response> UserSave(const Request&, World&);    // POST /admin/users/{id}/ kUsersWrite
Result<Response> UserDeactivateAsk(const Request&,
                                   World&);  // GET /admin/users/{id}/deactivate/      kUsersWrite
Result<Response> UserDeactivate(const Request&,
                                World&);  // POST /admin/users/{id}/deactivate/      kUsersWrite
Result<Response> UserReactivate(const Request&,
                                World&);  // POST /admin/users/{id}/reactivate/      kUsersWrite
Result<Response> UserAircraftSet(const Request&,
                                 World&);  // POST /admin/users/{id}/aircraft-roles/  kUsersWrite
Result<Response> UserAircraftRemove(const Request&,
                                    World&);  // POST /admin/users/{id}/aircraft-roles/remove/
Result<Response> UserResetLink(const Request&,
                               World&);  // POST /admin/users/{id}/reset-link/      kUsersWrite
Result<Response> UserResetWithdraw(const Request&,
                                   World&);  // POST /admin/users/{id}/reset-link/withdraw/
Result<Response> AircraftHome(const Request&, World&);  // GET  /admin/aircraft/ kAircraftWrite
Result<Response> AircraftAdd(const Request&, World&);   // POST /admin/aircraft/ kAircraftWrite
Result<Response> AircraftDetail(const Request&,
                                World&);                // GET  /admin/aircraft/{registration}/
Result<Response> AircraftSave(const Request&, World&);  // POST /admin/aircraft/{registration}/
Result<Response> AircraftRetireAsk(const Request&,
                                   World&);  // GET  /admin/aircraft/{registration}/retire/
Result<Response> AircraftReturn(const Request&,
                                World&);  // POST /admin/aircraft/{registration}/return/
Result<Response> AircraftRetire(const Request&,
                                World&);  // POST /admin/aircraft/{registration}/retire/

// ── Oversight and operation ────────────────────────────────────────────────────────────────────
Result<Response> AuditLog(const Request&, World&);        // GET  /admin/audit/ kAuditRead
Result<Response> AuditCsv(const Request&, World&);        // GET  /admin/audit/export.csv
Result<Response> AuditJson(const Request&, World&);       // GET  /admin/audit/export.json
Result<Response> Approvals(const Request&, World&);       // GET  /admin/approvals/ kCodesApprove
Result<Response> RequestDetail(const Request&, World&);   // GET  {portal}approvals/{request}/
Result<Response> RequestAccept(const Request&, World&);   // POST …/accept/  kCodesWrite
Result<Response> RequestDecline(const Request&, World&);  // POST …/decline/ kCodesWrite
Result<Response> AllTokens(const Request&, World&);       // GET  /admin/tokens/ kTokensWrite
Result<Response> AnyTokenRevoke(const Request&, World&);  // POST /admin/tokens/{id}/revoke/
Result<Response> Settings(const Request&, World&);        // GET  /admin/settings/ kSystemRead
Result<Response> Reports(const Request&, World&);         // GET  /admin/reports/ /manager/reports/
Result<Response> ReportTable(const Request&, World&);     // GET  …reports/{name} kReportsRead
Result<Response> Templates(const Request&, World&);       // GET  /admin/templates/ kAdminPortal
Result<Response> TemplateNew(const Request&, World&);     // GET  /admin/templates/new/
Result<Response> TemplateCreate(const Request&, World&);  // POST /admin/templates/new/
Result<Response> TemplateDetail(const Request&, World&);  // GET  /admin/templates/{id}/
Result<Response> TemplateSave(const Request&, World&);    // POST /admin/templates/{id}/
Result<Response> TemplateDeleteAsk(const Request&, World&);  // GET  /admin/templates/{id}/delete/
Result<Response> TemplateDelete(const Request&, World&);     // POST /admin/templates/{id}/delete/
Result<Response> AlertsList(const Request&, World&);         // GET  {portal}alerts/ kCodesRead
Result<Response> AlertAcknowledge(const Request&, World&);  // POST {portal}alerts/{id}/acknowledge/
Result<Response> AlertSnooze(const Request&, World&);       // POST {portal}alerts/{id}/snooze/
Result<Response> WebhooksList(const Request&, World&);      // GET  /admin/webhooks/ kWebhooks
Result<Response> WebhookNew(const Request&, World&);        // GET  /admin/webhooks/new/
Result<Response> WebhookCreate(const Request&, World&);     // POST /admin/webhooks/new/
Result<Response> WebhookDetail(const Request&, World&);     // GET  /admin/webhooks/{id}/
Result<Response> WebhookSave(const Request&, World&);       // POST /admin/webhooks/{id}/
Result<Response> WebhookSwitch(const Request&, World&);     // POST /admin/webhooks/{id}/switch/
Result<Response> WebhookRotate(const Request&, World&);     // POST …/rotate-secret/
Result<Response> WebhookTry(const Request&, World&);        // POST …/test/
Result<Response> WebhookReplayAll(const Request&, World&);  // POST …/replay/
Result<Response> WebhookReplayOne(const Request&, World&);  // POST …/deliveries/{delivery}/replay/
Result<Response> WebhookDeleteAsk(const Request&, World&);  // GET  …/delete/
Result<Response> WebhookDelete(const Request&, World&);     // POST …/delete/
Result<Response> DataHome(const Request&, World&);          // GET  /admin/data/ kRawData
Result<Response> DataTable(const Request&, World&);         // GET  /admin/data/{table}/
Result<Response> DataNew(const Request&, World&);           // GET  /admin/data/{table}/new/
Result<Response> DataAdd(const Request&, World&);           // POST /admin/data/{table}/new/
Result<Response> DataRow(const Request&, World&);           // GET  /admin/data/{table}/row/{row}/
Result<Response> DataSave(const Request&, World&);          // POST /admin/data/{table}/row/{row}/
Result<Response> DataRemoveAsk(const Request&,
                               World&);               // GET  /admin/data/{table}/row/{row}/remove/
Result<Response> DataRemove(const Request&, World&);  // POST /admin/data/{table}/row/{row}/remove/

// ── What went wrong ────────────────────────────────────────────────────────────────────────────
std::string ErrorPage(const Request&, const World&, int status, const Error&);

// Makes this thread speak the language that the request asks for.
void SpeakTo(const Request&);

inline constexpr PagesRoom kPagesRoom{ErrorPage, SpeakTo};

}  // namespace ostiary::pages
