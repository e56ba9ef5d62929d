#pragma once

// The ports of core/store.h over one desk; one file per noun implements each.

#include <memory>

#include "core/store.h"
#include "store/desk.h"

namespace ostiary {

std::unique_ptr<Codes> CodesAt(Desk&);
std::unique_ptr<Redemptions> RedemptionsAt(Desk&);
std::unique_ptr<Accounts> AccountsAt(Desk&);
std::unique_ptr<AircraftFleet> AircraftAt(Desk&);
std::unique_ptr<Sessions> SessionsAt(Desk&);
std::unique_ptr<Tokens> TokensAt(Desk&);
std::unique_ptr<PasswordResets> PasswordResetsAt(Desk&);
std::unique_ptr<Events> EventsAt(Desk&);
std::unique_ptr<Facts> FactsAt(Desk&);
std::unique_ptr<RawTables> RawTablesAt(Desk&);
std::unique_ptr<Receipts> ReceiptsAt(Desk&);
std::unique_ptr<SharedBuckets> SharedBucketsAt(Desk&);
std::unique_ptr<Webhooks> WebhooksAt(Desk&);
std::unique_ptr<Templates> TemplatesAt(Desk&);
std::unique_ptr<Reports> ReportsAt(Desk&);
std::unique_ptr<AuditTrail> AuditTrailAt(Desk&);
std::unique_ptr<Mails> MailsAt(Desk&);
std::unique_ptr<Alerts> AlertsAt(Desk&);
std::unique_ptr<Visits> VisitsAt(Desk&);
std::unique_ptr<Notifications> NotificationsAt(Desk&);
std::unique_ptr<ScimUsers> ScimUsersAt(Desk&);
std::unique_ptr<Imports> ImportsAt(Desk&);
std::unique_ptr<Recalls> RecallsAt(Desk&);
std::unique_ptr<Pulls> PullsAt(Desk&);
std::unique_ptr<InvitationRequests> RequestsAt(Desk&);
std::unique_ptr<BulkJobs> BulkJobsAt(Desk&);

// All of them: what a body is given to work with.
class Ports {
public:
    explicit Ports(Desk& desk)
        : codes_(CodesAt(desk)),
          redemptions_(RedemptionsAt(desk)),
          accounts_(AccountsAt(desk)),
          aircraft_(AircraftAt(desk)),
          sessions_(SessionsAt(desk)),
          tokens_(TokensAt(desk)),
          resets_(PasswordResetsAt(desk)),
          events_(EventsAt(desk)),
          facts_(FactsAt(desk)),
          raw_(RawTablesAt(desk)),
          receipts_(ReceiptsAt(desk)),
          buckets_(SharedBucketsAt(desk)),
          webhooks_(WebhooksAt(desk)),
          templates_(TemplatesAt(desk)),
          reports_(ReportsAt(desk)),
          audit_(AuditTrailAt(desk)),
          mails_(MailsAt(desk)),
          alerts_(AlertsAt(desk)),
          visits_(VisitsAt(desk)),
          notifications_(NotificationsAt(desk)),
          scim_(ScimUsersAt(desk)),
          imports_(ImportsAt(desk)),
          recalls_(RecallsAt(desk)),
          pulls_(PullsAt(desk)),
          requests_(RequestsAt(desk)),
          bulk_jobs_(BulkJobsAt(desk)),
          work_{*codes_,    *redemptions_,   *accounts_, *aircraft_, *sessions_, *tokens_,
                *resets_,   *events_,        *facts_,    *raw_,      *receipts_, *buckets_,
                *webhooks_, *templates_,     *reports_,  *audit_,    *mails_,    *alerts_,
                *visits_,   *notifications_, *scim_,     *imports_,  *recalls_,  *pulls_,
                *requests_, *bulk_jobs_} {}
    Work& work() { return work_; }

private:
    std::unique_ptr<Codes> codes_;
    std::unique_ptr<Redemptions> redemptions_;
    std::unique_ptr<Accounts> accounts_;
    std::unique_ptr<AircraftFleet> aircraft_;
    std::unique_ptr<Sessions> sessions_;
    std::unique_ptr<Tokens> tokens_;
    std::unique_ptr<PasswordResets> resets_;
    std::unique_ptr<Events> events_;
    std::unique_ptr<Facts> facts_;
    std::unique_ptr<RawTables> raw_;
    std::unique_ptr<Receipts> receipts_;
    std::unique_ptr<SharedBuckets> buckets_;
    std::unique_ptr<Webhooks> webhooks_;
    std::unique_ptr<Templates> templates_;
    std::unique_ptr<Reports> reports_;
    std::unique_ptr<AuditTrail> audit_;
    std::unique_ptr<Mails> mails_;
    std::unique_ptr<Alerts> alerts_;
    std::unique_ptr<Visits> visits_;
    std::unique_ptr<Notifications> notifications_;
    std::unique_ptr<ScimUsers> scim_;
    std::unique_ptr<Imports> imports_;
    std::unique_ptr<Recalls> recalls_;
    std::unique_ptr<Pulls> pulls_;
    std::unique_ptr<InvitationRequests> requests_;
    std::unique_ptr<BulkJobs> bulk_jobs_;
    Work work_;
};

}  // namespace ostiary
