// The map of the service: every address it answers, who may ask, how often, where it runs, who
// answers.

#include "app/routes.h"

#include <array>

#include "api/api.h"
#include "api/scim.h"
#include "app/health.h"
#include "app/metrics.h"
#include "app/reference.h"
#include "http/assets.h"
#include "pages/pages.h"

namespace ostiary {
namespace {

constexpr auto GET = Method::kGet;
constexpr auto POST = Method::kPost;
constexpr auto PUT = Method::kPut;
constexpr auto PATCH = Method::kPatch;
constexpr auto DELETE = Method::kDelete;
using enum Permission;
using enum Limit;
using enum Cost;

// clang-format off
// The same pages in three portals: core/portals.h says how they differ.
#define CODE_PAGES(codes, create, portal, name) \
    Route{GET,  codes,                               Needs(portal), kBrowse, kSlow, pages::CodesList,          name ".codes"}, \
    Route{GET,  create,                              Needs(portal), kBrowse, kSlow, pages::CodeNew,            name ".codes.new"}, \
    Route{POST, create,                              Needs(portal), kWrite,  kSlow, pages::CodeCreate,         name ".codes.create"}, \
    Route{GET,  codes "explain/",                    Needs(portal), kBrowse, kSlow, pages::CodeExplain,        name ".codes.explain"}, \
    Route{GET,  codes "funnel/",                     Needs(portal), kBrowse, kSlow, pages::CodesFunnel,        name ".codes.funnel"}, \
    Route{POST, codes "bulk/",                       Needs(portal), kWrite,  kSlow, pages::CodesBulk,          name ".codes.bulk"}, \
    Route{GET,  codes "batches/{batch}/",            Needs(portal), kBrowse, kSlow, pages::CodesBatch,         name ".codes.batch"}, \
    Route{POST, codes "batches/{batch}/remind/",     Needs(portal), kWrite,  kSlow, pages::CodesRemind,        name ".codes.batch.remind"}, \
    Route{GET,  codes "invite/",                     Needs(portal), kBrowse, kSlow, pages::CodesInvite,        name ".codes.invite"}, \
    Route{POST, codes "invite/",                     Needs(portal), kWrite,  kSlow, pages::CodesInviteRun,     name ".codes.invite.run"}, \
    Route{GET,  codes "import/",                     Needs(portal), kBrowse, kSlow, pages::ImportNew,          name ".import"}, \
    Route{POST, codes "import/",                     Needs(portal), kWrite,  kSlow, pages::ImportKeep,         name ".import.keep", Repeat::kRuns, Brings::kFile}, \
    Route{GET,  codes "import/{import}/",            Needs(portal), kBrowse, kSlow, pages::ImportShow,         name ".import.show"}, \
    Route{POST, codes "import/{import}/",            Needs(portal), kWrite,  kSlow, pages::ImportRun,          name ".import.run"}, \
    Route{POST, codes "import/{import}/undo/",       Needs(portal), kWrite,  kSlow, pages::ImportUndo,         name ".import.undo"}, \
    Route{GET,  codes "import/{import}/errors.csv",  Needs(portal), kBrowse, kSlow, pages::ImportErrors,       name ".import.errors"}, \
    Route{GET,  codes "batches/{batch}/sheet/",      Needs(portal), kBrowse, kSlow, pages::CodesSheet,         name ".codes.batch.sheet"}, \
    Route{GET,  codes "jobs/",                       Needs(portal), kBrowse, kSlow, pages::BulkJobs,           name ".jobs"}, \
    Route{GET,  codes "jobs/{job}/",                 Needs(portal), kBrowse, kSlow, pages::BulkJobShow,        name ".jobs.show"}, \
    Route{POST, codes "jobs/{job}/stop/",            Needs(portal), kWrite,  kSlow, pages::BulkJobStop,        name ".jobs.stop"}, \
    Route{POST, codes "jobs/{job}/undo/",            Needs(portal), kWrite,  kSlow, pages::BulkJobUndo,        name ".jobs.undo"}, \
    Route{POST, codes "bulk/run/",                   Needs(portal), kWrite,  kSlow, pages::CodesBulkRun,       name ".codes.bulk.run"}, \
    Route{POST, codes "views/",                      Needs(portal), kWrite,  kSlow, pages::CodesViewSave,      name ".codes.views.save"}, \
    Route{POST, codes "views/forget/",               Needs(portal), kWrite,  kSlow, pages::CodesViewForget,    name ".codes.views.forget"}, \
    Route{GET,  codes "{id}/",                       Needs(portal), kBrowse, kSlow, pages::CodeDetail,         name ".codes.detail"}, \
    Route{POST, codes "{id}/",                       Needs(portal), kWrite,  kSlow, pages::CodeSave,           name ".codes.save"}, \
    Route{GET,  codes "{id}/revoke/",                Needs(portal), kBrowse, kSlow, pages::CodeRevokeAsk,      name ".codes.revoke.ask"}, \
    Route{POST, codes "{id}/revoke/",                Needs(portal), kWrite,  kSlow, pages::CodeRevoke,         name ".codes.revoke"}, \
    Route{GET,  codes "{id}/reactivate/",            Needs(portal), kBrowse, kSlow, pages::CodeReactivateAsk,  name ".codes.reactivate.ask"}, \
    Route{POST, codes "{id}/reactivate/",            Needs(portal), kWrite,  kSlow, pages::CodeReactivate,     name ".codes.reactivate"}, \
    Route{GET,  codes "{id}/extend/",                Needs(portal), kBrowse, kSlow, pages::CodeExtendAsk,      name ".codes.extend.ask"}, \
    Route{POST, codes "{id}/extend/",                Needs(portal), kWrite,  kSlow, pages::CodeExtend,         name ".codes.extend"}, \
    Route{GET,  codes "{id}/delete/",                Needs(portal), kBrowse, kSlow, pages::CodeDeleteAsk,      name ".codes.delete.ask"}, \
    Route{POST, codes "{id}/delete/",                Needs(portal), kWrite,  kSlow, pages::CodeDelete,         name ".codes.delete"}, \
    Route{POST, codes "{id}/approve/",               Needs(portal), kWrite,  kSlow, pages::CodeApprove,        name ".codes.approve"}, \
    Route{GET,  codes "{id}/reject/",                Needs(portal), kBrowse, kSlow, pages::CodeRejectAsk,      name ".codes.reject.ask"}, \
    Route{POST, codes "{id}/reject/",                Needs(portal), kWrite,  kSlow, pages::CodeReject,         name ".codes.reject"}, \
    Route{POST, codes "{id}/aircraft-roles/",        Needs(portal), kWrite,  kSlow, pages::CodeAircraftSet,    name ".codes.aircraft.set"}, \
    Route{POST, codes "{id}/aircraft-roles/remove/", Needs(portal), kWrite,  kSlow, pages::CodeAircraftRemove, name ".codes.aircraft.remove"}, \
    Route{POST, codes "{id}/mail/",                  Needs(portal), kWrite,  kSlow, pages::CodeMail,           name ".codes.mail"}, \
    Route{GET,  codes "{id}/qr/",                    Needs(portal), kBrowse, kSlow, pages::CodeQr,             name ".codes.qr"}

#define RECALL_PAGES(home, portal, name) \
    Route{GET,  home "recalls/",               Needs(portal), kBrowse, kSlow, pages::RecallsList,  name ".recalls"}, \
    Route{GET,  home "recalls/new/",           Needs(portal), kBrowse, kSlow, pages::RecallNew,    name ".recalls.new"}, \
    Route{POST, home "recalls/new/",           Needs(portal), kWrite,  kSlow, pages::RecallRun,    name ".recalls.run"}, \
    Route{GET,  home "recalls/{recall}/",      Needs(portal), kBrowse, kSlow, pages::RecallDetail, name ".recalls.detail"}, \
    Route{POST, home "recalls/{recall}/undo/", Needs(portal), kWrite,  kSlow, pages::RecallUndo,   name ".recalls.undo"}, \
    Route{GET,  home "brought/",               Needs(portal), kBrowse, kSlow, pages::BroughtTree,  name ".brought"}

#define REQUEST_PAGES(approvals, right, name) \
    Route{GET,  approvals "{request}/",         Needs(right), kBrowse, kSlow, pages::RequestDetail,  name ".request"}, \
    Route{POST, approvals "{request}/accept/",  Needs(right), kWrite,  kSlow, pages::RequestAccept,  name ".request.accept"}, \
    Route{POST, approvals "{request}/decline/", Needs(right), kWrite,  kSlow, pages::RequestDecline, name ".request.decline"}

#define ALERT_PAGES(alerts, portal, name) \
    Route{GET,  alerts,                     Needs(portal), kBrowse, kSlow, pages::AlertsList,       name ".alerts"}, \
    Route{POST, alerts "{id}/acknowledge/", Needs(portal), kWrite,  kSlow, pages::AlertAcknowledge, name ".alerts.acknowledge"}, \
    Route{POST, alerts "{id}/snooze/",      Needs(portal), kWrite,  kSlow, pages::AlertSnooze,      name ".alerts.snooze"}

constexpr std::array kRoutes = {
    // Everybody.
    Route{GET,  "/",                  kAnyone, kBrowse, kSlow, pages::Home,           "home"},
    Route{GET,  "/register/",         kAnyone, kGuess,  kSlow, pages::RegisterStart,  "register.start"},
    Route{POST, "/register/",         kAnyone, kGuess,  kHash, pages::RegisterByCode, "register.code"},
    Route{GET,  "/register/{token}/", kAnyone, kGuess,  kSlow, pages::RegisterForm,   "register.form"},
    Route{POST, "/register/{token}/", kAnyone, kGuess,  kHash, pages::RegisterSubmit, "register.submit"},
    Route{GET,  "/register/{token}/{rest}/", kAnyone, kGuess, kSlow, pages::RegisterTidy, "register.tidy"},
    Route{POST, "/password-check/",   kAnyone, kBrowse, kSlow, pages::PasswordCheck,  "password.check"},
    Route{POST, "/language/",         kAnyone, kBrowse, kSlow, pages::LanguageChoose, "language"},
    Route{GET,  "/login/",            kAnyone, kBrowse, kSlow, pages::LoginForm,      "login.form"},
    Route{POST, "/login/",            kAnyone, kGuess,  kHash, pages::LoginSubmit,    "login.submit"},
    Route{GET,  "/request-invitation/", kAnyone, kBrowse, kSlow, pages::RequestForm,  "request.form"},
    Route{POST, "/request-invitation/", kAnyone, kAsk,    kSlow, pages::RequestSend,  "request.send"},
    Route{GET,  "/logout/",           kAnyone, kBrowse, kSlow, pages::LogoutForm,     "logout.form"},
    Route{POST, "/logout/",           kAnyone, kWrite,  kSlow, pages::LogoutSubmit,   "logout.submit"},

    Route{GET,  "/password-reset/",         kAnyone, kBrowse, kSlow, pages::ResetStart,  "reset.start"},
    Route{POST, "/password-reset/",         kAnyone, kGuess,  kSlow, pages::ResetAsk,    "reset.ask"},
    Route{GET,  "/password-reset/{token}/", kAnyone, kGuess,  kSlow, pages::ResetForm,   "reset.form"},
    Route{POST, "/password-reset/{token}/", kAnyone, kGuess,  kHash, pages::ResetSubmit, "reset.submit"},

    // Somebody signed in.
    Route{GET,  "/welcome/",                     Needs(kOwnAccount), kBrowse, kSlow, pages::Welcome,          "welcome"},
    Route{GET,  "/palette/",                     Needs(kOwnAccount), kBrowse, kSlow, pages::Palette,          "palette"},
    Route{GET,  "/live/",                        Needs(kCodesRead),  kBrowse, kSlow, pages::Live,             "live"},
    Route{GET,  "/account/",                     Needs(kOwnAccount), kBrowse, kSlow, pages::AccountHome,      "account"},
    Route{POST, "/account/profile/",             Needs(kOwnAccount), kWrite,  kSlow, pages::AccountProfile,   "account.profile"},
    Route{POST, "/account/password/",            Needs(kOwnAccount), kGuess,  kHash, pages::AccountPassword,  "account.password"},
    Route{POST, "/account/mails/",               Needs(kOwnAccount), kWrite,  kSlow, pages::AccountMails,     "account.mails"},
    Route{GET,  "/account/notifications/",       Needs(kOwnAccount), kBrowse, kSlow, pages::AccountNotifications, "account.notifications"},
    Route{POST, "/account/sessions/end/",        Needs(kOwnAccount), kWrite,  kSlow, pages::SessionEnd,       "account.session.end"},
    Route{POST, "/account/sessions/end-others/", Needs(kOwnAccount), kWrite,  kSlow, pages::SessionEndOthers, "account.session.end_others"},
    Route{POST, "/account/tokens/",              Needs(kOwnAccount), kWrite,  kSlow, pages::TokenCreate,      "account.token.create"},
    Route{POST, "/account/tokens/{id}/revoke/",  Needs(kOwnAccount), kWrite,  kSlow, pages::TokenRevoke,      "account.token.revoke"},

    // The three portals.
    Route{GET, "/admin/", Needs(kAdminPortal), kBrowse, kSlow, pages::PortalHome, "admin"},
    CODE_PAGES("/admin/invite-codes/", "/admin/create-invite-code/", kAdminPortal, "admin"),
    Route{GET, "/manager/", Needs(kManagerPortal), kBrowse, kSlow, pages::PortalHome, "manager"},
    CODE_PAGES("/manager/invite-codes/", "/manager/create-invite-code/", kManagerPortal, "manager"),
    Route{GET, "/manage/", Needs(kManagePortal), kBrowse, kSlow, pages::PortalToCodes, "manage"},
    CODE_PAGES("/manage/invitations/", "/manage/invitations/new/", kManagePortal, "manage"),
    Route{GET, "/manage/users/", Needs(kManagePortal), kBrowse, kSlow, pages::UsersList, "manage.users"},
    Route{GET, "/manage/users/export.csv", Needs(kManagePortal), kWrite, kSlow, pages::UsersCsv, "manage.users.csv"},

    ALERT_PAGES("/admin/alerts/", kAdminPortal, "admin"),
    ALERT_PAGES("/manager/alerts/", kManagerPortal, "manager"),

    RECALL_PAGES("/admin/", kAdminPortal, "admin"),
    RECALL_PAGES("/manager/", kManagerPortal, "manager"),
    RECALL_PAGES("/manage/", kManagePortal, "manage"),

    Route{GET,  "/admin/pulls/",                Needs(kUsersWrite), kBrowse, kSlow, pages::PullsList,   "admin.pulls"},
    Route{POST, "/admin/pulls/",                Needs(kUsersWrite), kWrite,  kSlow, pages::PullAsk,     "admin.pulls.ask"},
    Route{GET,  "/admin/pulls/{pull}/",         Needs(kUsersWrite), kBrowse, kSlow, pages::PullDetail,  "admin.pulls.detail"},
    Route{POST, "/admin/pulls/{pull}/apply/",   Needs(kUsersWrite), kWrite,  kSlow, pages::PullApply,   "admin.pulls.apply"},
    Route{POST, "/admin/pulls/{pull}/discard/", Needs(kUsersWrite), kWrite,  kSlow, pages::PullDiscard, "admin.pulls.discard"},

    // People and aircraft.
    Route{GET,  "/admin/users/",                            Needs(kAdminPortal),   kBrowse, kSlow, pages::UsersList,          "admin.users"},
    Route{GET,  "/admin/users/export.csv",                  Needs(kAdminPortal),   kWrite,  kSlow, pages::UsersCsv,           "admin.users.csv"},
    Route{GET,  "/admin/users/{id}/",                       Needs(kUsersWrite),    kBrowse, kSlow, pages::UserDetail,         "admin.users.detail"},
    Route{POST, "/admin/users/{id}/",                       Needs(kUsersWrite),    kWrite,  kSlow, pages::UserSave,           "admin.users.save"},
    Route{GET,  "/admin/users/{id}/deactivate/",            Needs(kUsersWrite),    kBrowse, kSlow, pages::UserDeactivateAsk,  "admin.users.deactivate.ask"},
    Route{POST, "/admin/users/{id}/deactivate/",            Needs(kUsersWrite),    kWrite,  kSlow, pages::UserDeactivate,     "admin.users.deactivate"},
    Route{POST, "/admin/users/{id}/reactivate/",            Needs(kUsersWrite),    kWrite,  kSlow, pages::UserReactivate,     "admin.users.reactivate"},
    Route{POST, "/admin/users/{id}/aircraft-roles/",        Needs(kUsersWrite),    kWrite,  kSlow, pages::UserAircraftSet,    "admin.users.aircraft.set"},
    Route{POST, "/admin/users/{id}/aircraft-roles/remove/", Needs(kUsersWrite),    kWrite,  kSlow, pages::UserAircraftRemove, "admin.users.aircraft.remove"},
    Route{POST, "/admin/users/{id}/reset-link/",            Needs(kUsersWrite),    kWrite,  kSlow, pages::UserResetLink,      "admin.users.reset"},
    Route{POST, "/admin/users/{id}/reset-link/withdraw/",   Needs(kUsersWrite),    kWrite,  kSlow, pages::UserResetWithdraw,  "admin.users.reset.withdraw"},
    Route{GET,  "/admin/aircraft/",                         Needs(kAircraftWrite), kBrowse, kSlow, pages::AircraftHome,       "admin.aircraft"},
    Route{POST, "/admin/aircraft/",                         Needs(kAircraftWrite), kWrite,  kSlow, pages::AircraftAdd,        "admin.aircraft.add"},
    Route{GET,  "/admin/aircraft/{registration}/",          Needs(kAircraftWrite), kBrowse, kSlow, pages::AircraftDetail,     "admin.aircraft.detail"},
    Route{POST, "/admin/aircraft/{registration}/",          Needs(kAircraftWrite), kWrite,  kSlow, pages::AircraftSave,       "admin.aircraft.save"},
    Route{GET,  "/admin/aircraft/{registration}/retire/",   Needs(kAircraftWrite), kBrowse, kSlow, pages::AircraftRetireAsk,  "admin.aircraft.retire.ask"},
    Route{POST, "/admin/aircraft/{registration}/return/",   Needs(kAircraftWrite), kWrite,  kSlow, pages::AircraftReturn,     "admin.aircraft.return"},
    Route{POST, "/admin/aircraft/{registration}/retire/",   Needs(kAircraftWrite), kWrite,  kSlow, pages::AircraftRetire,     "admin.aircraft.retire"},

    // Oversight and operation.
    Route{GET,  "/admin/audit/",               Needs(kAuditRead),    kBrowse, kSlow, pages::AuditLog,       "admin.audit"},
    Route{GET,  "/admin/audit/export.csv",     Needs(kAuditRead),    kWrite,  kSlow, pages::AuditCsv,       "admin.audit.csv"},
    Route{GET,  "/admin/audit/export.json",    Needs(kAuditRead),    kWrite,  kSlow, pages::AuditJson,      "admin.audit.json"},
    Route{GET,  "/admin/approvals/",           Needs(kCodesApprove), kBrowse, kSlow, pages::Approvals,      "admin.approvals"},
    Route{GET,  "/manager/approvals/",         Needs(kManagerPortal), kBrowse, kSlow, pages::Approvals,     "manager.approvals"},
    Route{GET,  "/manage/approvals/",          Needs(kManagePortal), kBrowse, kSlow, pages::Approvals,      "manage.approvals"},
    REQUEST_PAGES("/admin/approvals/", kCodesApprove, "admin"),
    REQUEST_PAGES("/manager/approvals/", kManagerPortal, "manager"),
    REQUEST_PAGES("/manage/approvals/", kManagePortal, "manage"),
    Route{GET,  "/admin/tokens/",              Needs(kTokensWrite),  kBrowse, kSlow, pages::AllTokens,      "admin.tokens"},
    Route{POST, "/admin/tokens/{id}/revoke/",  Needs(kTokensWrite),  kWrite,  kSlow, pages::AnyTokenRevoke, "admin.tokens.revoke"},
    Route{GET,  "/admin/settings/",            Needs(kSystemRead),   kBrowse, kSlow, pages::Settings,       "admin.settings"},
    Route{GET,  "/admin/health/",              Needs(kSystemRead),   kBrowse, kSlow, app::HealthPage,       "admin.health"},
    Route{GET,  "/admin/reports/",             Needs(kAdminPortal),  kBrowse, kSlow, pages::Reports,        "admin.reports"},
    Route{GET,  "/admin/housekeeping/",        Needs(kAdminPortal),  kBrowse, kSlow, pages::Housekeeping,   "admin.housekeeping"},
    Route{GET,  "/manager/housekeeping/",      Needs(kManagerPortal), kBrowse, kSlow, pages::Housekeeping,  "manager.housekeeping"},
    Route{GET,  "/admin/reports/{name}",       Needs(kAdminPortal),  kBrowse, kSlow, pages::ReportTable,    "admin.reports.table"},
    Route{GET,  "/manager/reports/",           Needs(kManagerPortal), kBrowse, kSlow, pages::Reports,       "manager.reports"},
    Route{GET,  "/manager/reports/{name}",     Needs(kManagerPortal), kBrowse, kSlow, pages::ReportTable,   "manager.reports.table"},
    Route{GET,  "/admin/templates/",             Needs(kAdminPortal), kBrowse, kSlow, pages::Templates,         "admin.templates"},
    Route{GET,  "/admin/templates/new/",         Needs(kAdminPortal), kBrowse, kSlow, pages::TemplateNew,       "admin.templates.new"},
    Route{POST, "/admin/templates/new/",         Needs(kAdminPortal), kWrite,  kSlow, pages::TemplateCreate,    "admin.templates.create"},
    Route{GET,  "/admin/templates/{id}/",        Needs(kAdminPortal), kBrowse, kSlow, pages::TemplateDetail,    "admin.templates.detail"},
    Route{POST, "/admin/templates/{id}/",        Needs(kAdminPortal), kWrite,  kSlow, pages::TemplateSave,      "admin.templates.save"},
    Route{GET,  "/admin/templates/{id}/delete/", Needs(kAdminPortal), kBrowse, kSlow, pages::TemplateDeleteAsk, "admin.templates.delete.ask"},
    Route{POST, "/admin/templates/{id}/delete/", Needs(kAdminPortal), kWrite,  kSlow, pages::TemplateDelete,    "admin.templates.delete"},
    Route{GET,  "/admin/webhooks/",                                     Needs(kWebhooks), kBrowse, kSlow, pages::WebhooksList,       "admin.webhooks"},
    Route{GET,  "/admin/webhooks/new/",                                 Needs(kWebhooks), kBrowse, kSlow, pages::WebhookNew,         "admin.webhooks.new"},
    Route{POST, "/admin/webhooks/new/",                                 Needs(kWebhooks), kWrite,  kSlow, pages::WebhookCreate,      "admin.webhooks.create"},
    Route{GET,  "/admin/webhooks/{id}/",                                Needs(kWebhooks), kBrowse, kSlow, pages::WebhookDetail,      "admin.webhooks.detail"},
    Route{POST, "/admin/webhooks/{id}/",                                Needs(kWebhooks), kWrite,  kSlow, pages::WebhookSave,        "admin.webhooks.save"},
    Route{POST, "/admin/webhooks/{id}/switch/",                         Needs(kWebhooks), kWrite,  kSlow, pages::WebhookSwitch,      "admin.webhooks.switch"},
    Route{POST, "/admin/webhooks/{id}/rotate-secret/",                  Needs(kWebhooks), kWrite,  kSlow, pages::WebhookRotate,      "admin.webhooks.rotate"},
    Route{POST, "/admin/webhooks/{id}/test/",                           Needs(kWebhooks), kWrite,  kSlow, pages::WebhookTry,         "admin.webhooks.test"},
    Route{POST, "/admin/webhooks/{id}/replay/",                         Needs(kWebhooks), kWrite,  kSlow, pages::WebhookReplayAll,   "admin.webhooks.replay_since"},
    Route{POST, "/admin/webhooks/{id}/deliveries/{delivery}/replay/",   Needs(kWebhooks), kWrite,  kSlow, pages::WebhookReplayOne,   "admin.webhooks.replay"},
    Route{GET,  "/admin/webhooks/{id}/delete/",                         Needs(kWebhooks), kBrowse, kSlow, pages::WebhookDeleteAsk,   "admin.webhooks.delete.ask"},
    Route{POST, "/admin/webhooks/{id}/delete/",                         Needs(kWebhooks), kWrite,  kSlow, pages::WebhookDelete,      "admin.webhooks.delete"},
    Route{GET,  "/admin/data/",                     Needs(kRawData), kBrowse, kSlow, pages::DataHome,      "admin.data"},
    Route{GET,  "/admin/data/{table}/",             Needs(kRawData), kBrowse, kSlow, pages::DataTable,     "admin.data.table"},
    Route{GET,  "/admin/data/{table}/new/",         Needs(kRawData), kBrowse, kSlow, pages::DataNew,       "admin.data.new"},
    Route{POST, "/admin/data/{table}/new/",         Needs(kRawData), kWrite,  kHash, pages::DataAdd,       "admin.data.add"},
    Route{GET,  "/admin/data/{table}/row/{row}/",        Needs(kRawData), kBrowse, kSlow, pages::DataRow,       "admin.data.row"},
    Route{POST, "/admin/data/{table}/row/{row}/",        Needs(kRawData), kWrite,  kHash, pages::DataSave,      "admin.data.save"},
    Route{GET,  "/admin/data/{table}/row/{row}/remove/", Needs(kRawData), kBrowse, kSlow, pages::DataRemoveAsk, "admin.data.remove.ask"},
    Route{POST, "/admin/data/{table}/row/{row}/remove/", Needs(kRawData), kWrite,  kSlow, pages::DataRemove,    "admin.data.remove"},

    // The public API: a visitor holds nothing but a code.
    Route{POST, "/api/invite-codes/validate/", kAnyone, kGuess, kFast, api::Validate,        "api.codes.validate"},
    Route{POST, "/api/register/",              kAnyone, kGuess, kHash, api::RegisterAccount, "api.register", Repeat::kKnown},
    Route{POST, "/api/requests/",              kAnyone, kAsk,   kSlow, api::RequestCreate,   "api.requests.create"},
    Route{POST, "/api/auth/token/",            kAnyone, kGuess, kHash, api::AuthToken,       "api.auth.token"},

    // The API of codes.
    Route{POST,   "/api/invite-codes/create/",           Needs(kCodesWrite),   kWrite,  kSlow, api::CodeCreate,             "api.codes.create", Repeat::kTogether},
    Route{POST,   "/api/invite-codes/",                  Needs(kCodesWrite),   kWrite,  kSlow, api::CodeCreate,             "api.codes.add", Repeat::kTogether},
    Route{GET,    "/api/invite-codes/",                  Needs(kCodesRead),    kBrowse, kSlow, api::CodeList,               "api.codes.list"},
    Route{POST,   "/api/invite-codes/invite/",           Needs(kCodesWrite),   kWrite,  kSlow, api::CodesInvite,            "api.codes.invite", Repeat::kTogether},
    Route{POST,   "/api/invite-codes/bulk/",             Needs(kCodesWrite),   kWrite,  kSlow, api::CodesBulk,              "api.codes.bulk", Repeat::kTogether},
    Route{POST, "/api/invite-codes/import/", Needs(kCodesWrite), kWrite, kSlow, api::CodesImport, "api.codes.import", Repeat::kTogether, Brings::kFile},
    Route{GET,    "/api/jobs/",                          Needs(kCodesRead),    kBrowse, kSlow, api::JobList,                "api.jobs.list"},
    Route{GET,    "/api/jobs/{job}/",                    Needs(kCodesRead),    kBrowse, kSlow, api::JobGet,                 "api.jobs.get"},
    Route{GET,    "/api/jobs/{job}/skipped/",            Needs(kCodesRead),    kBrowse, kSlow, api::JobSkipped,             "api.jobs.skipped"},
    Route{POST,   "/api/jobs/{job}/cancel/",             Needs(kCodesWrite),   kWrite,  kSlow, api::JobCancel,              "api.jobs.cancel"},
    Route{POST,   "/api/jobs/{job}/undo/",               Needs(kCodesWrite),   kWrite,  kSlow, api::JobUndo,                "api.jobs.undo"},
    Route{GET,    "/api/imports/{import}/", Needs(kCodesRead),    kBrowse, kSlow, api::ImportGet,              "api.imports.get"},
    Route{POST,   "/api/imports/{import}/undo/", Needs(kCodesWrite), kWrite, kSlow, api::ImportUndo,            "api.imports.undo"},
    Route{GET,    "/api/invite-codes/export.csv",        Needs(kCodesRead),    kWrite,  kSlow, api::CodesCsv,               "api.codes.csv"},
    Route{GET,    "/api/invite-codes/explain/",          Needs(kCodesExplain), kBrowse, kSlow, api::CodeExplain,            "api.codes.explain"},
    Route{GET,    "/api/invite-codes/{id}/",             Needs(kCodesRead),    kBrowse, kSlow, api::CodeGet,                "api.codes.get"},
    Route{PATCH,  "/api/invite-codes/{id}/",             Needs(kCodesWrite),   kWrite,  kSlow, api::CodePatch,              "api.codes.patch"},
    Route{DELETE, "/api/invite-codes/{id}/",             Needs(kCodesWrite),   kWrite,  kSlow, api::CodeDelete,             "api.codes.delete"},
    Route{POST,   "/api/invite-codes/{id}/revoke/",      Needs(kCodesWrite),   kWrite,  kSlow, api::CodeRevoke,             "api.codes.revoke"},
    Route{POST,   "/api/invite-codes/{id}/reactivate/",  Needs(kCodesWrite),   kWrite,  kSlow, api::CodeReactivate,         "api.codes.reactivate"},
    Route{POST,   "/api/invite-codes/{id}/approve/",     Needs(kCodesApprove), kWrite,  kSlow, api::CodeApprove,            "api.codes.approve"},
    Route{POST,   "/api/invite-codes/{id}/reject/",      Needs(kCodesApprove), kWrite,  kSlow, api::CodeReject,             "api.codes.reject"},
    Route{POST,   "/api/invite-codes/{id}/mail/",        Needs(kCodesWrite),   kWrite,  kSlow, api::CodeMail,               "api.codes.mail", Repeat::kTogether},
    Route{GET,    "/api/invite-codes/{id}/mail/",        Needs(kCodesRead),    kBrowse, kSlow, api::CodeMails,              "api.codes.mails"},
    Route{GET,    "/api/invite-codes/{id}/qr.svg",       Needs(kCodesRead),    kBrowse, kSlow, api::CodeQr,                 "api.codes.qr"},
    Route{GET,    "/api/invite-codes/{id}/redemptions/", Needs(kCodesRead),    kBrowse, kSlow, api::CodeRedemptions,        "api.codes.redemptions"},
    Route{PUT,    "/api/invite-codes/{id}/aircraft-roles/{registration}/",Needs(kCodesWrite),   kWrite,  kSlow, api::CodeAircraftRolePut,    "api.codes.aircraft.put"},
    Route{DELETE, "/api/invite-codes/{id}/aircraft-roles/{registration}/",Needs(kCodesWrite),   kWrite,  kSlow, api::CodeAircraftRoleDelete, "api.codes.aircraft.delete"},

    // The API of people who ask for an invitation.
    Route{GET,    "/api/requests/",                   Needs(kCodesRead),  kBrowse, kSlow, api::RequestList,    "api.requests.list"},
    Route{GET,    "/api/requests/{id}/",              Needs(kCodesRead),  kBrowse, kSlow, api::RequestGet,     "api.requests.get"},
    Route{POST,   "/api/requests/{id}/accept/",       Needs(kCodesWrite), kWrite,  kSlow, api::RequestAccept,  "api.requests.accept", Repeat::kTogether},
    Route{POST,   "/api/requests/{id}/decline/",      Needs(kCodesWrite), kWrite,  kSlow, api::RequestDecline, "api.requests.decline", Repeat::kTogether},

    // The API of everything else.
    Route{POST,   "/api/redemptions/",                      Needs(kRedeem),        kGuess,  kFast, api::RedemptionCreate, "api.redemptions.create", Repeat::kTogether},
    Route{GET,    "/api/redemptions/",                      Needs(kRedeem),        kBrowse, kSlow, api::RedemptionList,   "api.redemptions.list"},
    Route{GET,    "/api/redemptions/export.csv",            Needs(kCodesRead),     kWrite,  kSlow, api::RedemptionsCsv,   "api.redemptions.csv"},
    Route{GET,    "/api/me/",                               Needs(kOwnAccount),    kBrowse, kSlow, api::MeGet,            "api.me"},
    Route{GET,    "/api/users/",                            Needs(kUsersRead),     kBrowse, kSlow, api::UserList,         "api.users.list"},
    Route{GET,    "/api/users/export.csv",                  Needs(kUsersRead),     kWrite,  kSlow, api::UsersCsv,         "api.users.csv"},
    Route{GET,    "/api/users/{id}/",                       Needs(kUsersRead),     kBrowse, kSlow, api::UserGet,          "api.users.get"},
    Route{PATCH,  "/api/users/{id}/",                       Needs(kUsersWrite),    kWrite,  kSlow, api::UserPatch,        "api.users.patch"},
    Route{POST,   "/api/users/{id}/deactivate/",            Needs(kUsersWrite),    kWrite,  kSlow, api::UserDeactivate,   "api.users.deactivate"},
    Route{POST,   "/api/users/{id}/reactivate/",            Needs(kUsersWrite),    kWrite,  kSlow, api::UserReactivate,   "api.users.reactivate"},
    Route{GET,    "/api/users/brought/",                    Needs(kUsersRead),     kBrowse, kSlow, api::UserBrought,      "api.users.roots"},
    Route{GET,    "/api/users/{id}/brought/",               Needs(kUsersRead),     kBrowse, kSlow, api::UserBrought,      "api.users.brought"},
    Route{POST,   "/api/recalls/",                          Needs(kCodesWrite),    kWrite,  kSlow, api::RecallCreate,     "api.recalls.create", Repeat::kTogether},
    Route{GET,    "/api/recalls/",                          Needs(kCodesRead),     kBrowse, kSlow, api::RecallList,       "api.recalls.list"},
    Route{GET,    "/api/recalls/{recall}/",                 Needs(kCodesRead),     kBrowse, kSlow, api::RecallGet,        "api.recalls.get"},
    Route{GET,    "/api/recalls/{recall}/items/",           Needs(kCodesRead),     kBrowse, kSlow, api::RecallItems,      "api.recalls.items"},
    Route{POST,   "/api/recalls/{recall}/undo/",            Needs(kCodesWrite),    kWrite,  kSlow, api::RecallUndo,       "api.recalls.undo"},
    Route{POST,   "/api/pulls/",                            Needs(kUsersWrite),    kWrite,  kSlow, api::PullCreate,       "api.pulls.create", Repeat::kTogether},
    Route{GET,    "/api/pulls/",                            Needs(kUsersWrite),    kBrowse, kSlow, api::PullList,         "api.pulls.list"},
    Route{GET,    "/api/pulls/{pull}/",                     Needs(kUsersWrite),    kBrowse, kSlow, api::PullGet,          "api.pulls.get"},
    Route{GET,    "/api/pulls/{pull}/changes/",             Needs(kUsersWrite),    kBrowse, kSlow, api::PullChanges,      "api.pulls.changes"},
    Route{POST,   "/api/pulls/{pull}/apply/",               Needs(kUsersWrite),    kWrite,  kSlow, api::PullApply,        "api.pulls.apply"},
    Route{POST,   "/api/pulls/{pull}/discard/",             Needs(kUsersWrite),    kWrite,  kSlow, api::PullDiscard,      "api.pulls.discard"},
    Route{GET,    "/api/aircraft/",                         Needs(kAircraftRead),  kBrowse, kSlow, api::AircraftList,     "api.aircraft.list"},
    Route{POST,   "/api/aircraft/",                         Needs(kAircraftWrite), kWrite,  kSlow, api::AircraftCreate,   "api.aircraft.create", Repeat::kTogether},
    Route{GET,    "/api/aircraft/{registration}/",          Needs(kAircraftRead),  kBrowse, kSlow, api::AircraftGet,      "api.aircraft.get"},
    Route{PATCH,  "/api/aircraft/{registration}/",          Needs(kAircraftWrite), kWrite,  kSlow, api::AircraftPatch,    "api.aircraft.patch"},
    Route{POST,   "/api/aircraft/{registration}/retire/",   Needs(kAircraftWrite), kWrite,  kSlow, api::AircraftRetire,   "api.aircraft.retire"},
    Route{POST,   "/api/aircraft/{registration}/return/",   Needs(kAircraftWrite), kWrite,  kSlow, api::AircraftReturn,   "api.aircraft.return"},
    Route{GET,    "/api/templates/",                        Needs(kTemplatesRead),  kBrowse, kSlow, api::TemplateList,   "api.templates.list"},
    Route{POST,   "/api/templates/",                        Needs(kTemplatesWrite), kWrite,  kSlow, api::TemplateCreate, "api.templates.create", Repeat::kTogether},
    Route{GET,    "/api/templates/{id}/",                   Needs(kTemplatesRead),  kBrowse, kSlow, api::TemplateGet,    "api.templates.get"},
    Route{PATCH,  "/api/templates/{id}/",                   Needs(kTemplatesWrite), kWrite,  kSlow, api::TemplatePatch,  "api.templates.patch"},
    Route{DELETE, "/api/templates/{id}/",                   Needs(kTemplatesWrite), kWrite,  kSlow, api::TemplateDelete, "api.templates.delete"},
    Route{GET,    "/api/tokens/",                           Needs(kOwnAccount),    kBrowse, kSlow, api::TokenList,        "api.tokens.list"},
    Route{POST,   "/api/tokens/",                           Needs(kOwnAccount),    kWrite,  kSlow, api::TokenCreate,      "api.tokens.create", Repeat::kTogether},
    Route{DELETE, "/api/tokens/{id}/",                      Needs(kOwnAccount),    kWrite,  kSlow, api::TokenDelete,      "api.tokens.delete"},

    Route{GET,    "/api/alerts/",                           Needs(kCodesRead),     kBrowse, kSlow, api::AlertList,          "api.alerts.list"},
    Route{POST,   "/api/alerts/{id}/acknowledge/",          Needs(kCodesWrite),    kWrite,  kSlow, api::AlertAcknowledge,   "api.alerts.acknowledge", Repeat::kTogether},
    Route{POST,   "/api/alerts/{id}/snooze/",               Needs(kCodesWrite),    kWrite,  kSlow, api::AlertSnooze,        "api.alerts.snooze", Repeat::kTogether},
    Route{GET,    "/api/stats/overview/",                   Needs(kReportsRead),   kBrowse, kSlow, api::StatsOverview,      "api.stats.overview"},
    Route{GET,    "/api/stats/registrations/",              Needs(kReportsRead),   kBrowse, kSlow, api::StatsRegistrations, "api.stats.registrations"},
    Route{GET,    "/api/stats/roles/",                      Needs(kReportsRead),   kBrowse, kSlow, api::StatsRoles,         "api.stats.roles"},
    Route{GET,    "/api/stats/task-groups/",                Needs(kReportsRead),   kBrowse, kSlow, api::StatsTaskGroups,    "api.stats.task_groups"},
    Route{GET,    "/api/stats/funnel/",                     Needs(kCodesRead),     kBrowse, kSlow, api::StatsFunnel,        "api.stats.funnel"},
    Route{GET,    "/api/stats/usage/",                      Needs(kReportsRead),   kBrowse, kSlow, api::StatsUsage,         "api.stats.usage"},

    Route{GET,    "/api/audit/",                            Needs(kAuditRead),     kBrowse, kSlow, api::AuditList,          "api.audit.list"},
    Route{GET,    "/api/audit/export.csv",                  Needs(kAuditRead),     kWrite,  kSlow, api::AuditCsv,           "api.audit.csv"},
    Route{GET,    "/api/audit/export.json",                 Needs(kAuditRead),     kWrite,  kSlow, api::AuditJson,          "api.audit.json"},
    Route{GET,    "/api/audit/verify/",                     Needs(kAuditRead),     kWrite,  kSlow, api::AuditVerify,        "api.audit.verify"},

    // SCIM: what a directory says of people (docs/scim.md).
    Route{GET,    "/scim/v2/ServiceProviderConfig/", Needs(kScim), kBrowse, kSlow, api::ScimServiceProviderConfig, "scim.config"},
    Route{GET,    "/scim/v2/ResourceTypes/",         Needs(kScim), kBrowse, kSlow, api::ScimResourceTypes,  "scim.resource_types"},
    Route{GET,    "/scim/v2/ResourceTypes/{name}/",  Needs(kScim), kBrowse, kSlow, api::ScimResourceType,   "scim.resource_types.get"},
    Route{GET,    "/scim/v2/Schemas/",               Needs(kScim), kBrowse, kSlow, api::ScimSchemas,        "scim.schemas"},
    Route{GET,    "/scim/v2/Schemas/{urn}/",         Needs(kScim), kBrowse, kSlow, api::ScimSchema,         "scim.schemas.get"},
    Route{GET,    "/scim/v2/Users/",                 Needs(kScim), kBrowse, kSlow, api::ScimUserList,       "scim.users.list"},
    Route{POST,   "/scim/v2/Users/",                 Needs(kScim), kWrite,  kSlow, api::ScimUserCreate,     "scim.users.create"},
    Route{POST,   "/scim/v2/Users/.search/",         Needs(kScim), kBrowse, kSlow, api::ScimUserSearch,     "scim.users.search"},
    Route{GET,    "/scim/v2/Users/{id}/",            Needs(kScim), kBrowse, kSlow, api::ScimUserGet,        "scim.users.get"},
    Route{PUT,    "/scim/v2/Users/{id}/",            Needs(kScim), kWrite,  kSlow, api::ScimUserPut,        "scim.users.put"},
    Route{PATCH,  "/scim/v2/Users/{id}/",            Needs(kScim), kWrite,  kSlow, api::ScimUserPatch,      "scim.users.patch"},
    Route{DELETE, "/scim/v2/Users/{id}/",            Needs(kScim), kWrite,  kSlow, api::ScimUserDelete,     "scim.users.delete"},
    Route{GET,    "/scim/v2/Groups/",                Needs(kScim), kBrowse, kSlow, api::ScimGroupList,      "scim.groups.list"},
    Route{POST,   "/scim/v2/Groups/",                Needs(kScim), kWrite,  kSlow, api::ScimGroupCreate,    "scim.groups.create"},
    Route{POST,   "/scim/v2/Groups/.search/",        Needs(kScim), kBrowse, kSlow, api::ScimGroupSearch,    "scim.groups.search"},
    Route{GET,    "/scim/v2/Groups/{id}/",           Needs(kScim), kBrowse, kSlow, api::ScimGroupGet,       "scim.groups.get"},
    Route{PUT,    "/scim/v2/Groups/{id}/",           Needs(kScim), kWrite,  kSlow, api::ScimGroupPut,       "scim.groups.put"},
    Route{PATCH,  "/scim/v2/Groups/{id}/",           Needs(kScim), kWrite,  kSlow, api::ScimGroupPatch,     "scim.groups.patch"},
    Route{DELETE, "/scim/v2/Groups/{id}/",           Needs(kScim), kWrite,  kSlow, api::ScimGroupDelete,    "scim.groups.delete"},
    Route{POST,   "/scim/v2/.search/",               Needs(kScim), kBrowse, kSlow, api::ScimSearch,         "scim.search"},
    Route{POST,   "/scim/v2/Bulk/",                  Needs(kScim), kWrite,  kSlow, api::ScimBulk,           "scim.bulk"},

    // What all of it takes and gives.
    Route{GET, "/api/openapi.json", kAnyone, kBrowse, kSlow, app::OpenApiDocument, "api.openapi"},
    Route{GET, "/api/docs/",        kAnyone, kBrowse, kSlow, app::ApiReference,    "api.docs"},

    // The API of webhooks.
    Route{GET,    "/api/webhooks/",                                      Needs(kWebhooks), kBrowse, kSlow, api::WebhookList,         "api.webhooks.list"},
    Route{POST, "/api/webhooks/", Needs(kWebhooks), kWrite, kSlow, api::WebhookCreate, "api.webhooks.create", Repeat::kTogether},
    Route{GET,    "/api/webhooks/{id}/",                                 Needs(kWebhooks), kBrowse, kSlow, api::WebhookGet,          "api.webhooks.get"},
    Route{PATCH,  "/api/webhooks/{id}/",                                 Needs(kWebhooks), kWrite,  kSlow, api::WebhookPatch,        "api.webhooks.patch"},
    Route{DELETE, "/api/webhooks/{id}/",                                 Needs(kWebhooks), kWrite,  kSlow, api::WebhookDelete,       "api.webhooks.delete"},
    Route{POST,   "/api/webhooks/{id}/rotate-secret/",                   Needs(kWebhooks), kWrite,  kSlow, api::WebhookRotateSecret, "api.webhooks.rotate"},
    Route{POST,   "/api/webhooks/{id}/test/",                            Needs(kWebhooks), kWrite,  kSlow, api::WebhookTest,         "api.webhooks.test"},
    Route{GET,    "/api/webhooks/{id}/deliveries/",                      Needs(kWebhooks), kBrowse, kSlow, api::WebhookDeliveries,   "api.webhooks.deliveries"},
    Route{POST,   "/api/webhooks/{id}/deliveries/replay/",               Needs(kWebhooks), kWrite,  kSlow, api::WebhookReplaySince,  "api.webhooks.replay_since"},
    Route{POST,   "/api/webhooks/{id}/deliveries/{delivery}/replay/",    Needs(kWebhooks), kWrite,  kSlow, api::WebhookReplay,       "api.webhooks.replay"},

    // The style sheets, scripts and pictures inside the program.
    Route{GET, "/assets/{name}", kAnyone, kFree, kFast, ServeAsset, "assets"},

    // For whoever watches over the program.
    Route{GET, "/healthz", kAnyone, kFree, kFast, app::Healthz, "healthz"},
    Route{GET, "/readyz",  kAnyone, kFree, kSlow, app::Readyz,  "readyz"},
    Route{GET, "/metrics", kAnyone, kBrowse, kSlow, app::MetricsText, "metrics"},  // see MetricsText
};
#undef CODE_PAGES
#undef ALERT_PAGES
#undef RECALL_PAGES
#undef REQUEST_PAGES
// clang-format on
static_assert(NoTwoRowsAnswerTheSameRequest(kRoutes));

}  // namespace

std::span<const Route> Routes() { return kRoutes; }

}  // namespace ostiary
