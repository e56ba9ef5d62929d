#include "app/serve.h"

#include <fmt/format.h>

#include <cstdlib>
#include <ostream>

#include "app/health.h"
#include "app/routes.h"
#include "app/signals.h"
#include "app/wiring.h"
#include "core/setup.h"
#include "core/visits.h"
#include "http/dispatch.h"
#include "http/server.h"
#include "outbox/housekeeping.h"
#include "outbox/live.h"
#include "outbox/mails.h"
#include "outbox/pulls.h"
#include "outbox/webhooks.h"
#include "outbox/worker.h"
#include "pages/mails.h"
#include "pages/pages.h"
#include "util/failure.h"
#include "util/log.h"
#include "util/version.h"

namespace ostiary::app {
namespace {

// Secrets stand here, for the operator at the terminal, and never in the log.
void Announce(World& world, cli::Demo demo, std::ostream& out) {
    out << "Ostiary is at " << world.config.BaseUrl() << "/\n";
    if (demo == cli::Demo::kYes) {
        const auto people = FillDemo(world);
        if (people.empty()) out << "There are accounts already, so nothing was filled in.\n";
        for (const DemoPerson& person : people)
            out << fmt::format("  {:8}  {:14}  {}\n", person.username, person.password,
                               person.about);
    }
    if (const auto link = FirstSuperuserLink(world))
        out << "Nobody governs it yet. Make the first superuser, once, within 7 days:\n  " << *link
            << '\n';
    out << std::flush;
}

// Whoever guessed wrong before a restart, or at another node, is known here as well (API-8).
void ExchangeGuesses(Dispatcher& dispatcher) {
    try {
        dispatcher.ShareLimits();
    } catch (const WorldFailure& failure) {
        log::Warn("serve", fmt::format("wrong guesses were not exchanged: {}", failure.what()));
    }
}

// What was left over by a program that was killed is linked by now; so its end is known at once.
void RememberEndOfAuditLog(World& world) {
    try {
        outbox::AuditKeeper().Keep(world);
    } catch (const WorldFailure& failure) {
        log::Warn("serve", fmt::format("the audit log was not looked at: {}", failure.what()));
    }
}

std::vector<outbox::Chore> ChoresOf(Dispatcher& dispatcher) {
    auto chores = outbox::Chores();
    chores.push_back({"telling the other nodes of wrong guesses", kSecond,
                      [&dispatcher](World&) { dispatcher.ShareLimits(); }});
    return chores;
}

void LogStart(const Config& config, const std::string& address) {
    log::Info("serve", fmt::format("version {}, listening on {}, {}", kVersion, address,
                                   config.UsesPostgres() ? "PostgreSQL" : config.DatabaseUrl()));
    if (!config.limits)
        log::Warn("serve",
                  "RATE LIMITS ARE OFF (OSTIARY_LIMITS=off): codes and passwords can be guessed "
                  "without end. For load tests only.");
}

}  // namespace

void Serve(const Config& config, cli::Demo demo, std::ostream& out) {
    HoldSignals();
    log::Start(config.log_level, config.log_format);
    Premises premises(config);
    World& world = premises.world();
    Dispatcher dispatcher(Routes(), world, pages::kPagesRoom, &premises.metrics());
    Server server(premises.config(), premises.clock(), premises.random(), dispatcher);
    premises.UseAddress(server.address());
    LogStart(config, server.address());
    Announce(world, demo, out);
    ExchangeGuesses(dispatcher);
    RememberEndOfAuditLog(world);

    const outbox::Worker worker(world, ChoresOf(dispatcher));
    const outbox::Worker jobs(world, outbox::JobChores(), kSecond);  // somebody follows them
    outbox::WebhookSender webhooks(world);
    outbox::PullFetcher pulls(world);
    const outbox::LiveTail live(world);
    outbox::MailSender mails(world, pages::ComposeMail);
    const SignalWatch watch([&server, &webhooks, &pulls, &mails] {
        log::Info("serve", "stopping; what was accepted is being finished");
        SayStopping();
        webhooks.Stop();
        pulls.Stop();
        mails.Stop();
        server.Stop();
    });
    if (server.Run()) {
        ExchangeGuesses(dispatcher);  // whoever starts next will know
        KeepVisits(world);
        log::Info("serve", "stopped");
        return;
    }
    // Somebody still works with the world: it must not be torn down beneath them.
    log::Warn("serve", "stopped in time, leaving unfinished work behind");
    std::_Exit(cli::kWorldFailed);
}

}  // namespace ostiary::app
