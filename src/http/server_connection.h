#pragma once

// One connection: reads requests one after another, has each answered where its cost says, writes
// answers in order. Lives on its lane's thread. Part of server.cc, which includes the HTTP library
// before it.

#include "http/head_scanner.h"
#include "http/request_id.h"
#include "http/server_lane.h"
#include "http/server_parser.h"
#include "http/stream_channel.h"
#include "util/log.h"

namespace ostiary::wire {

class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(Lane& lane, Socket socket, std::string address)
        : lane_(lane), socket_(std::move(socket)), address_(std::move(address)) {}

    void Start() {
        index_ = lane_.connections.size();
        lane_.connections.push_back(this);
        if (lane_.shared.stopping) return Close();
        Pump();
    }

    // Called a few times a second: cuts what takes too long.
    void CheckTime(Steady::time_point now) {
        if (now < (is_writing_ ? write_deadline_ : read_deadline_)) return;
        const bool owes_word = phase_ == Phase::kReading && !is_writing_ && HasBegun();
        if (!owes_word) return Close();
        Refuse(refusals::kTimeout);
        Settle();
    }

    // Who has nothing under way goes at once; event streams end; the rest is answered first.
    void BeginStop() {
        if (phase_ == Phase::kReading && !is_writing_ && !HasBegun())
            Close();
        else if (phase_ == Phase::kStreaming && is_event_stream_)
            channel_->End();
    }

    void Close() {
        if (phase_ == Phase::kClosed) return;
        const auto self = shared_from_this();
        phase_ = Phase::kClosed;
        if (channel_) channel_->Close();
        channel_.reset();  // it holds us, to wake us
        boost::system::error_code ignored;
        socket_.close(ignored);
        lane_.connections[index_] = lane_.connections.back();
        lane_.connections[index_]->index_ = index_;
        lane_.connections.pop_back();
        ReleaseBody();
        --lane_.shared.connections;
        if (lane_.shared.stopping && lane_.connections.empty()) lane_.context.stop();
    }

private:
    enum class Phase { kReading, kAnswering, kStreaming, kLingering, kClosed };
    using Code = boost::system::error_code;

    static constexpr std::size_t kBatchBytes = 64 << 10;  // of answers, before they are sent
    static constexpr auto kLingerTime = std::chrono::seconds(1);

    bool HasBegun() const { return parser_.has_value() || !in_.empty(); }
    const Config& config() const { return lane_.shared.config; }

    // Takes requests and answers them until something has to be waited for.
    void Pump() {
        while (phase_ == Phase::kReading && !is_writing_ && !is_closing_ && Step())
            if (lane_.out.size() > kBatchBytes) Flush();
        Settle();
    }

    void Settle() {
        Flush();
        if (phase_ == Phase::kReading && !is_writing_ && !is_closing_) Read();
    }

    // ------------------------------------------------------------------ reading

    // True if a request was taken and answered.
    bool Step() {
        if (in_.empty()) return false;
        const bool is_new = !parser_;
        if (is_new && !BeginRequest()) return false;
        const std::string_view bytes = in_.view();
        const std::size_t body_before = request_.body.size();
        Code code;
        const std::size_t used = parser_->put(asio::buffer(bytes.data(), bytes.size()), code);
        in_.Consume(used);
        if (code == boost::beast::http::error::need_more) code = {};
        if (code) return Refuse(parser_->refusal() ? *parser_->refusal() : RefusalOf(code, bytes));
        if (!HoldBody(request_.body.size() - body_before)) return Refuse(refusals::kBusy);
        if (parser_->is_done()) return Dispatch();
        if (in_.size() > static_cast<std::size_t>(config().max_header_bytes))
            return Refuse(refusals::kMalformed);
        if (is_new) AwaitBody();
        return false;
    }

    // True if a complete, clean head stands at the front of the buffer.
    bool BeginRequest() {
        if (!has_skipped_line_ &&
            in_.view().starts_with("\r\n")) {  // RFC 9112, 2.2: forgive one empty line
            in_.Consume(2);
            has_skipped_line_ = true;
            if (in_.empty()) return false;
        }
        const auto most = static_cast<std::size_t>(config().max_header_bytes);
        const auto verdict = scanner_.Scan(in_.view());
        if (verdict == HeadScanner::Verdict::kBadCharacter) return Refuse(refusals::kCharacters);
        if (verdict == HeadScanner::Verdict::kFolded) return Refuse(refusals::kFolding);
        const bool is_complete = verdict == HeadScanner::Verdict::kComplete;
        if ((is_complete ? scanner_.length() : in_.size()) > most)
            return Refuse(scanner_.HasFirstLine() ? refusals::kHead : refusals::kUrl);
        if (!is_complete) return false;
        parser_.emplace(request_, [&service = lane_.shared.service](const Request& request) {
            return service.MostBodyBytesOf(request);
        });
        return true;
    }

    void AwaitBody() {
        read_deadline_ = Steady::now() + std::chrono::seconds(config().body_timeout_s);
        has_deadline_ = true;
        if (parser_->expects_continue() && request_.body.empty())
            lane_.out.append("HTTP/1.1 100 Continue\r\n\r\n");
    }

    void Read() {
        if (is_reading_) return;
        if (lane_.shared.stopping && !HasBegun()) return Close();
        if (!HasBegun()) {
            read_deadline_ = Steady::now() + std::chrono::seconds(config().idle_timeout_s);
            has_deadline_ = false;
        } else if (!has_deadline_) {
            read_deadline_ = Steady::now() + std::chrono::seconds(config().header_timeout_s);
            has_deadline_ = true;
        }
        const bool is_in_large_body = parser_ && request_.body.size() >= InputBuffer::kSmall;
        ReadInto(in_.Room(is_in_large_body ? InputBuffer::kLarge : InputBuffer::kSmall));
    }

    void ReadInto(asio::mutable_buffer room) {
        is_reading_ = true;
        socket_.async_read_some(room, [self = shared_from_this()](Code code, std::size_t bytes) {
            self->is_reading_ = false;
            self->OnRead(code, bytes);
        });
    }

    void OnRead(Code code, std::size_t bytes) {
        if (phase_ == Phase::kClosed) return;
        if (code) return Close();
        if (phase_ == Phase::kLingering) return ReadInto(in_.Room(InputBuffer::kSmall));
        in_.Grew(bytes);
        Pump();
    }

    // Counts what all bodies together hold; false if that is too much.
    bool HoldBody(std::size_t more) {
        if (more == 0) return true;
        body_held_ += static_cast<std::int64_t>(more);
        return lane_.shared.body_bytes.fetch_add(static_cast<std::int64_t>(more)) <
               Shared::kMostBodyBytes;
    }
    void ReleaseBody() {
        if (body_held_ > 0) lane_.shared.body_bytes -= body_held_;
        body_held_ = 0;
    }

    // ------------------------------------------------------------------ answering

    bool Dispatch() {
        request_.client_address = address_;
        request_.received_at = lane_.shared.clock.Now();
        keep_alive_ = parser_->keep_alive();
        switch (lane_.shared.service.CostOf(request_)) {
            case Cost::kFast: return AnswerHere();
            case Cost::kSlow: return AnswerOn(lane_.shared.slow);
            case Cost::kHash: return AnswerOn(lane_.shared.hash);
        }
        return true;
    }

    Response Answer() noexcept { return lane_.shared.service.Answer(request_); }

    bool AnswerHere() {
        response_ = Answer();
        if (!response_.later) {
            Respond();
            return true;
        }
        if (BeginAnswering()) AwaitLater();
        return false;
    }

    bool AnswerOn(WorkerPool& pool) {
        if (!BeginAnswering()) return false;
        const bool accepted = pool.Submit([self = shared_from_this()] {
            self->response_ = self->Answer();
            if (self->response_.later) return self->AwaitLater();
            asio::post(self->lane_.context, [self] { self->OnAnswered(); });
        });
        if (accepted) return false;
        phase_ = Phase::kReading;
        response_ = AnswerTo(refusals::kBusy, NewRequestId(lane_.shared.random));
        Respond();
        return true;
    }

    // Earlier answers of this batch do not wait for this one. False if the client has gone.
    bool BeginAnswering() {
        Flush();
        if (phase_ == Phase::kClosed) return false;
        phase_ = Phase::kAnswering;
        read_deadline_ = Steady::time_point::max();
        return true;
    }

    // From here on nothing but the answer touches the request, on whichever thread it comes.
    void AwaitLater() {
        ++lane_.shared.awaited;
        const auto later = response_.later;
        later->Start([self = shared_from_this(), &lane = lane_]() mutable {
            asio::post(lane.context, [self = std::move(self)] { self->OnReady(); });
            --lane.shared.awaited;  // the last touch: the server may go now
        });
    }

    void OnReady() {
        const auto later = std::move(response_.later);
        response_ = later->Finish().value();
        OnAnswered();
    }

    void OnAnswered() {
        if (phase_ == Phase::kClosed) return;
        phase_ = Phase::kReading;
        Respond();
        Pump();
    }

    bool IsStreamed() const { return response_.stream || response_.feed; }

    Framing MakeFraming() {
        Framing framing;
        framing.is_http10 = parser_->is_http10();
        framing.head_only = request_.method == Method::kHead;
        const bool has_unknown_length = IsStreamed() && framing.is_http10;
        framing.keep_alive = keep_alive_ && !has_unknown_length && !lane_.shared.stopping;
        return framing;
    }

    void Respond() {
        const Framing framing = MakeFraming();
        if (IsStreamed() && !framing.head_only) return StartStream(framing);
        AppendResponse(lane_.out, response_, framing, lane_.Date());
        is_closing_ = !framing.keep_alive;
        FinishRequest();
    }

    void FinishRequest() {
        ReleaseBody();
        request_ = Request{};
        response_ = Response{};
        parser_.reset();
        scanner_ = HeadScanner{};
        has_skipped_line_ = has_deadline_ = false;
    }

    // Always false, so that the loop of requests ends with it.
    bool Refuse(const Refusal& refusal) {
        const Framing framing{
            .keep_alive = false, .is_http10 = false, .head_only = request_.method == Method::kHead};
        const std::string id = NewRequestId(lane_.shared.random);
        AppendResponse(lane_.out, AnswerTo(refusal, id), framing, lane_.Date());
        if (log::IsDebug("http"))
            log::Debug("http", id + " refused: " + std::string(refusal.reason));
        is_closing_ = must_linger_ = true;
        FinishRequest();
        return false;
    }

    // ------------------------------------------------------------------ streaming

    void StartStream(const Framing& framing) {
        const auto coding =
            framing.is_http10 ? StreamChannel::Coding::kPlain : StreamChannel::Coding::kChunked;
        auto self = shared_from_this();
        channel_ = std::make_shared<StreamChannel>(
            coding, [self] { asio::post(self->lane_.context, [self] { self->PumpStream(); }); });
        const bool accepted = response_.feed || lane_.shared.streams.Submit(
                                                    [channel = channel_, body = response_.stream] {
                                                        RunStream(*body, *channel);
                                                    });
        if (!accepted) {
            channel_.reset();
            response_ = AnswerTo(refusals::kBusy, NewRequestId(lane_.shared.random));
            return Respond();
        }
        AppendResponse(lane_.out, response_, framing, lane_.Date());
        is_event_stream_ = response_.content_type.starts_with("text/event-stream");
        is_closing_ = !framing.keep_alive;
        phase_ = Phase::kStreaming;
        read_deadline_ = Steady::time_point::max();
        if (response_.feed && !lane_.shared.stopping)
            (*response_.feed)(channel_);
        else if (response_.feed)
            channel_->End();
    }

    static void RunStream(const StreamBody& body, StreamChannel& channel) noexcept {
        try {
            body([&channel](std::string_view data) { return channel.Write(data); });
            channel.Finish(StreamChannel::Ending::kWhole);
        } catch (const std::exception& failure) {
            log::Error("http", std::string("a streamed answer broke off: ") + failure.what());
            channel.Finish(StreamChannel::Ending::kBroken);
        }
    }

    void PumpStream() {
        while (phase_ == Phase::kStreaming && !is_writing_) {
            StreamChannel::Taken taken = channel_->Take();
            lane_.out.append(taken.bytes);
            if (taken.end == StreamChannel::Ending::kNotYet && taken.bytes.empty()) return;
            if (taken.end == StreamChannel::Ending::kWhole) return EndStream();
            Flush();
            if (taken.end == StreamChannel::Ending::kBroken)
                return Close();  // the missing last chunk tells
        }
    }

    void EndStream() {
        channel_->Close();
        channel_.reset();
        phase_ = Phase::kReading;
        FinishRequest();
        Pump();
    }

    // ------------------------------------------------------------------ writing

    // Sends what the lane has gathered: at once where the socket takes it, else as it becomes
    // ready.
    void Flush() {
        if (phase_ == Phase::kClosed) return lane_.out.clear();
        if (!lane_.out.empty() && is_writing_)
            next_out_.append(lane_.out);
        else if (!lane_.out.empty())
            WriteNow();
        lane_.out.clear();
        if (is_closing_ && !is_writing_ && phase_ == Phase::kReading) Leave();
    }

    void WriteNow() {
        Code code;
        const std::size_t sent = socket_.write_some(asio::buffer(lane_.out), code);
        if (code && code != asio::error::would_block) return Close();
        if (sent == lane_.out.size()) return;
        out_.assign(lane_.out, sent);
        sent_ = 0;
        is_writing_ = true;
        WriteMore();
    }

    // A client may be slow, but must take something now and then, and some kilobytes a second on
    // the whole.
    void WriteMore() {
        constexpr std::size_t kSlowestBytesPerSecond = 8192;
        const auto patience = std::chrono::seconds(config().body_timeout_s);
        const auto now = Steady::now();
        if (sent_ == 0)
            write_end_ =
                now + patience + std::chrono::seconds(out_.size() / kSlowestBytesPerSecond);
        write_deadline_ = std::min(write_end_, now + patience);
        socket_.async_write_some(asio::buffer(out_.data() + sent_, out_.size() - sent_),
                                 [self = shared_from_this()](Code code, std::size_t bytes) {
                                     self->OnWritten(code, bytes);
                                 });
    }

    void OnWritten(Code code, std::size_t bytes) {
        if (phase_ == Phase::kClosed) return;
        if (code) return Close();
        sent_ += bytes;
        if (sent_ == out_.size()) {
            out_ = std::exchange(next_out_, {});
            sent_ = 0;
        }
        if (!out_.empty()) return WriteMore();
        is_writing_ = false;
        if (phase_ == Phase::kStreaming)
            PumpStream();
        else if (phase_ == Phase::kReading)
            Pump();
    }

    // Everything is said. Where the client may still be talking, closing at once would destroy what
    // it has not read yet: so say that nothing follows, and listen a little.
    void Leave() {
        if (!must_linger_ && in_.empty()) return Close();
        Code ignored;
        socket_.shutdown(Tcp::socket::shutdown_send, ignored);
        phase_ = Phase::kLingering;
        read_deadline_ = Steady::now() + kLingerTime;
        in_.Drop();
        if (!is_reading_) ReadInto(in_.Room(InputBuffer::kSmall));
    }

    Lane& lane_;
    Socket socket_;
    const std::string address_;
    std::size_t index_ = 0;

    Phase phase_ = Phase::kReading;
    bool is_reading_ = false, is_writing_ = false;
    bool is_closing_ = false, must_linger_ = false;  // after the answers at hand
    bool keep_alive_ = true, has_skipped_line_ = false, has_deadline_ = false,
         is_event_stream_ = false;
    Steady::time_point read_deadline_ = Steady::time_point::max();
    Steady::time_point write_deadline_, write_end_;  // of the next progress; of the whole

    InputBuffer in_;
    HeadScanner scanner_;
    std::optional<RequestParser> parser_;
    Request request_;
    Response response_;
    std::int64_t body_held_ = 0;
    std::string out_,
        next_out_;  // what the socket would not take yet; what came while it was being sent
    std::size_t sent_ = 0;
    std::shared_ptr<StreamChannel> channel_;
};

}  // namespace ostiary::wire
