// The automaton against the whole table of RFC 1661 §4.1, written down here from the RFC, and its timer and counters.
#include "core/ppp/automaton.h"

#include <QTest>
#include <algorithm>

using namespace tern;
using namespace tern::ppp;
using namespace std::chrono_literals;
using State = Automaton::State;

namespace {

// Takes anything but option 7, which is to be 1, and option 8, which is not to be at all.
class Plain final : public ControlProtocol {
public:
    Options request() override { return m_ours; }
    Verdict judge(const Options& theirs) override {
        Verdict verdict;
        for (const auto& option : theirs) {
            if (option.type == 8) {
                verdict.rejected.push_back(option);
            } else if (option.type == 7 && option.data != base::Bytes{1}) {
                verdict.naked.push_back({7, {1}});
            }
        }
        return verdict;
    }
    void agreed(const Options& theirs) override { agreedOn = theirs; }
    void acknowledged(const Options& /*ours*/) override { ++acks; }
    void naked(const Options& theirs) override { m_ours = theirs; }
    void rejected(const Options& ours) override {
        std::erase_if(m_ours, [&](const Option& mine) { return findOption(ours, mine.type) != nullptr; });
    }
    Options agreedOn;
    unsigned acks = 0;

private:
    Options m_ours{{1, {5, 5}}, {2, {6}}};
};

struct Rig {
    Timers timers;
    Plain protocol;
    Automaton automaton{protocol, timers};
    base::Instant now{100s};
    std::vector<base::Bytes> sent;
    std::uint8_t request = 0; // the identifier of our last Configure-Request

    // The codes sent since the last call, "1,2".
    std::string codes() {
        std::string text;
        for (auto& octets : automaton.takePackets()) {
            text += (text.empty() ? "" : ",") + std::to_string(octets[0]);
            request = octets[0] == 1 ? octets[1] : request;
            sent.push_back(std::move(octets));
        }
        return text;
    }
    void give(std::uint8_t code, std::uint8_t identifier, const base::Bytes& data = {}) {
        const auto packet = buildPacket(code, identifier, data);
        automaton.receive(now, *parsePacket(packet));
    }
    void giveAck() {
        codes();
        give(2, request, buildOptions(protocol.request()));
    }
    void run(base::Duration time) {
        const auto end = now + time;
        for (auto next = automaton.deadline(); next && *next <= end; next = automaton.deadline()) {
            now = *next;
            automaton.timeout(now);
        }
        now = end;
    }
    void reach(State state) {
        const auto good = [this] { give(1, 50, buildOptions({{7, {1}}})); };
        if (state == State::Initial) {
            return;
        }
        if (state == State::Closed) {
            return automaton.up(now);
        }
        automaton.open(now);
        if (state == State::Starting) {
            return;
        }
        automaton.up(now);
        switch (state) {
        case State::Stopped:
            automaton.protocolRejected(now);
            break;
        case State::Closing:
            automaton.close(now);
            break;
        case State::Stopping:
        case State::Opened:
            good();
            giveAck();
            if (state == State::Stopping) {
                automaton.protocolRejected(now);
            }
            break;
        case State::AckRcvd:
            giveAck();
            break;
        case State::AckSent:
            good();
            break;
        default:
            break;
        }
        codes();
    }
};

enum Event { Up, Down, Open, Close, ToMore, ToLast, RcrGood, RcrBad, Rca, Rcn, Rtr, Rta, Ruc, RxjGood, RxjBad };

// As the RFC writes it: actions / next state, by its number. tls, tlu, tld show in the state alone.
struct Row {
    const char* name;
    Event event;
    const char* cells[10];
};
// clang-format off
const Row table[] = {
    //                Initial Start. Closed Stopped      Closing Stopping Req-Sent    Ack-Rcvd    Ack-Sent    Opened
    {"Up",   Up,      {"2",    "scr/6", "",  "",          "",     "",      "",         "",         "",         ""}},
    {"Down", Down,    {"",     "",    "0",   "1",         "0",    "1",     "1",        "1",        "1",        "1"}},
    {"Open", Open,    {"1",    "1", "scr/6", "3",         "5",    "5",     "6",        "7",        "8",        "9"}},
    {"Close", Close,  {"0",    "0",   "2",   "2",         "4",    "4",     "str/4",    "str/4",    "str/4",    "str/4"}},
    {"TO+",  ToMore,  {"",     "",    "",    "",          "str/4", "str/5", "scr/6",   "scr/6",    "scr/8",    ""}},
    {"TO-",  ToLast,  {"",     "",    "",    "",          "2",    "3",     "3",        "3",        "3",        ""}},
    {"RCR+", RcrGood, {"",     "",  "sta/2", "scr,sca/8", "4",    "5",     "sca/8",    "sca/9",    "sca/8",    "scr,sca/8"}},
    {"RCR-", RcrBad,  {"",     "",  "sta/2", "scr,scn/6", "4",    "5",     "scn/6",    "scn/7",    "scn/6",    "scr,scn/6"}},
    // In Ack-Rcvd and Opened our request has been answered: another answer is not to it, and discarded (§5.2, §5.3).
    {"RCA",  Rca,     {"",     "",  "sta/2", "sta/3",     "4",    "5",     "7",        "7",        "9",        "9"}},
    {"RCN",  Rcn,     {"",     "",  "sta/2", "sta/3",     "4",    "5",     "scr/6",    "7",        "scr/8",    "9"}},
    {"RTR",  Rtr,     {"",     "",  "sta/2", "sta/3",     "sta/4", "sta/5", "sta/6",   "sta/6",    "sta/6",    "sta/5"}},
    {"RTA",  Rta,     {"",     "",    "2",   "3",         "2",    "3",     "6",        "6",        "8",        "scr/6"}},
    {"RUC",  Ruc,     {"",     "",  "scj/2", "scj/3",     "scj/4", "scj/5", "scj/6",   "scj/7",    "scj/8",    "scj/9"}},
    {"RXJ+", RxjGood, {"",     "",    "2",   "3",         "4",    "5",     "6",        "6",        "8",        "9"}},
    {"RXJ-", RxjBad,  {"",     "",    "2",   "3",         "2",    "3",     "3",        "3",        "3",        "str/5"}},
};
// clang-format on

std::string codesFor(const std::string& actions) {
    std::string codes;
    for (const auto& [name, code] : std::initializer_list<std::pair<const char*, const char*>>{
             {"scr", "1"}, {"sca", "2"}, {"scn", "3"}, {"str", "5"}, {"sta", "6"}, {"scj", "7"}}) {
        if (actions.find(name) != std::string::npos) {
            codes += (codes.empty() ? "" : ",") + std::string(code);
        }
    }
    return codes;
}

void happen(Rig& rig, Event event) {
    auto& automaton = rig.automaton;
    switch (event) {
    case Up:
        return automaton.up(rig.now);
    case Down:
        return automaton.down(rig.now);
    case Open:
        return automaton.open(rig.now);
    case Close:
        return automaton.close(rig.now);
    case ToMore:
    case ToLast:
        QVERIFY(automaton.deadline());
        rig.now = *automaton.deadline();
        return automaton.timeout(rig.now);
    case RcrGood:
        return rig.give(1, 60, buildOptions({{9, {3}}}));
    case RcrBad:
        return rig.give(1, 60, buildOptions({{7, {9}}}));
    case Rca:
        return rig.give(2, rig.request, buildOptions(rig.protocol.request()));
    case Rcn:
        return rig.give(3, rig.request, buildOptions({{1, {7, 7}}}));
    case Rtr:
        return rig.give(5, 60);
    case Rta:
        return rig.give(6, 60);
    case Ruc:
        return rig.give(99, 60);
    case RxjGood:
        return rig.give(7, 60, {99, 1, 0, 4});
    case RxjBad:
        return rig.give(7, 60, {1, 1, 0, 4});
    }
}

} // namespace

class TestAutomaton : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wholeTable_data();
    void wholeTable();
    void maxConfigure();
    void maxTerminate();
    void maxFailure();
    void timerBeginsAnew();
    void waitsForThePeerToLeave();
    void nakAndReject();
    void rejectOfAnother();
    void oldAnswers();
    void malformed();
    void endless();
    void ends();
};

void TestAutomaton::wholeTable_data() {
    QTest::addColumn<int>("event");
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("codes");
    QTest::addColumn<int>("next");
    for (const auto& row : table) {
        for (int state = 0; state < 10; ++state) {
            const std::string cell = row.cells[state];
            if (cell.empty()) {
                continue; // cannot happen
            }
            const auto slash = cell.find('/');
            QTest::newRow((std::string(row.name) + " in " + std::to_string(state)).c_str())
                << int(row.event) << state
                << QString::fromStdString(slash == std::string::npos ? std::string() : codesFor(cell.substr(0, slash)))
                << (cell.back() - '0');
        }
    }
}
void TestAutomaton::wholeTable() {
    QFETCH(const int, event);
    QFETCH(const int, state);
    QFETCH(const QString, codes);
    QFETCH(const int, next);
    Rig rig;
    if (event == ToLast) { // no restart is left
        rig.timers.maxConfigure = 0;
        rig.timers.maxTerminate = 0;
    }
    rig.reach(State(state));
    QCOMPARE(int(rig.automaton.state()), state);
    happen(rig, Event(event));
    QCOMPARE(QString::fromStdString(rig.codes()), codes);
    QCOMPARE(int(rig.automaton.state()), next);
    // The timer runs in the states from Closing to Ack-Sent.
    QCOMPARE(rig.automaton.deadline().has_value(), next >= 4 && next <= 8);
}

void TestAutomaton::maxConfigure() {
    Rig rig;
    rig.reach(State::ReqSent);
    rig.run(29s);
    QCOMPARE(rig.codes(), std::string("1,1,1,1,1,1,1,1,1"));
    QCOMPARE(rig.automaton.state(), State::ReqSent);
    rig.run(2s);
    QCOMPARE(rig.codes(), std::string());
    QCOMPARE(rig.automaton.state(), State::Stopped);
    QCOMPARE(rig.automaton.end(), Automaton::End::Silence);
}

void TestAutomaton::maxTerminate() {
    Rig rig;
    rig.reach(State::Opened);
    rig.automaton.close(rig.now);
    rig.run(60s);
    QCOMPARE(rig.codes(), std::string("5,5"));
    QCOMPARE(rig.automaton.state(), State::Closed);
}

// After five Naks of one and the same it is rejected; an agreement begins the count anew.
void TestAutomaton::maxFailure() {
    Rig rig;
    rig.reach(State::ReqSent);
    for (std::uint8_t i = 0; i < 5; ++i) {
        rig.give(1, i, buildOptions({{7, {9}}, {9, {1}}}));
    }
    QCOMPARE(rig.codes(), std::string("3,3,3,3,3"));
    rig.give(1, 6, buildOptions({{7, {9}}, {9, {1}}}));
    QCOMPARE(rig.codes(), std::string("4"));
    QCOMPARE(base::toHex(rig.sent.back()), std::string("04060007070309"));
    rig.give(1, 7, buildOptions({{9, {1}}}));
    rig.give(1, 8, buildOptions({{7, {9}}}));
    QCOMPARE(rig.codes(), std::string("2,3"));
}

void TestAutomaton::timerBeginsAnew() {
    Rig rig;
    rig.reach(State::ReqSent);
    rig.run(2s);
    rig.give(3, rig.request, buildOptions({{1, {7, 7}}}));
    QCOMPARE(rig.codes(), std::string("1"));
    QCOMPARE(*rig.automaton.deadline(), rig.now + 3s);
    // Their request does not count for ours.
    rig.run(2s);
    rig.give(1, 1, {});
    QCOMPARE(*rig.automaton.deadline(), rig.now + 1s);
}

// Zero-Restart-Count: one period for the other end to hang up, no more (§4.4).
void TestAutomaton::waitsForThePeerToLeave() {
    Rig rig;
    rig.reach(State::Opened);
    rig.give(5, 77, {'b', 'y', 'e'});
    QCOMPARE(rig.automaton.state(), State::Stopping);
    QCOMPARE(*rig.automaton.terminateData(), (base::Bytes{'b', 'y', 'e'}));
    QCOMPARE(rig.codes(), std::string("6"));
    QCOMPARE(rig.sent.back()[1], std::uint8_t{77});
    rig.run(4s);
    QCOMPARE(rig.automaton.state(), State::Stopped);
    QCOMPARE(rig.automaton.end(), Automaton::End::Terminated);
    QCOMPARE(rig.codes(), std::string());
}

void TestAutomaton::nakAndReject() {
    Rig rig;
    rig.reach(State::ReqSent);
    QCOMPARE(base::toHex(base::ByteView(rig.sent.back()).subspan(4)), std::string("01040505020306"));
    rig.give(4, rig.request, buildOptions({{2, {6}}}));
    rig.codes();
    QCOMPARE(base::toHex(base::ByteView(rig.sent.back()).subspan(4)), std::string("01040505"));
    rig.give(3, rig.request, buildOptions({{1, {7, 7}}}));
    rig.codes();
    QCOMPARE(base::toHex(base::ByteView(rig.sent.back()).subspan(4)), std::string("01040707"));
    // What is rejected goes before what is naked.
    rig.give(1, 3, buildOptions({{7, {9}}, {8, {1, 2}}}));
    QCOMPARE(rig.codes(), std::string("4"));
    QCOMPARE(base::toHex(rig.sent.back()), std::string("0403000808040102"));
}

void TestAutomaton::rejectOfAnother() {
    Rig rig;
    rig.reach(State::ReqSent);
    rig.give(4, rig.request, buildOptions({{2, {7}}})); // not what we sent
    rig.give(4, rig.request, {});
    QCOMPARE(rig.codes(), std::string());
    rig.give(2, rig.request, buildOptions({{1, {5, 5}}})); // an Ack of less
    QCOMPARE(rig.automaton.state(), State::ReqSent);
    QCOMPARE(rig.protocol.acks, 0U);
}

void TestAutomaton::oldAnswers() {
    Rig rig;
    rig.reach(State::ReqSent);
    const auto old = rig.request;
    rig.give(3, old, buildOptions({{1, {7, 7}}}));
    rig.codes();
    rig.give(2, old, buildOptions(rig.protocol.request()));
    rig.give(3, old, buildOptions({{1, {8, 8}}}));
    QCOMPARE(rig.automaton.state(), State::ReqSent);
    QCOMPARE(rig.codes(), std::string());
    rig.giveAck();
    QCOMPARE(rig.automaton.state(), State::AckRcvd);
}

void TestAutomaton::malformed() {
    Rig rig;
    rig.reach(State::ReqSent);
    for (const auto* hex : {"01", "0100", "010100", "01010506ff", "0105aa"}) {
        for (const auto code : {std::uint8_t{1}, std::uint8_t{3}, std::uint8_t{4}}) {
            rig.give(code, rig.request, base::fromHex(hex));
        }
    }
    QCOMPARE(rig.codes(), std::string());
    QCOMPARE(rig.automaton.state(), State::ReqSent);
    QVERIFY(!parsePacket(base::fromHex("010100")));
    QVERIFY(!parsePacket(base::fromHex("01010003")));
    QVERIFY(!parsePacket(base::fromHex("01010005")));
    QCOMPARE(parsePacket(base::fromHex("01010005aabb"))->data.size(), std::size_t{1}); // padding
}

void TestAutomaton::endless() {
    Rig rig;
    rig.reach(State::ReqSent);
    for (int i = 0; i < 60; ++i) {
        rig.give(1, 1, buildOptions({{8, {1}}}));
    }
    QVERIFY(rig.automaton.isEndless());
    Rig patient;
    patient.reach(State::Opened);
    QVERIFY(!patient.automaton.isEndless());
}

void TestAutomaton::ends() {
    Rig rig;
    rig.reach(State::ReqSent);
    rig.automaton.protocolRejected(rig.now);
    QCOMPARE(rig.automaton.end(), Automaton::End::Refused);
    // A request of theirs wakes it again.
    rig.give(1, 1, {});
    QCOMPARE(rig.automaton.end(), Automaton::End::No);
    QCOMPARE(rig.automaton.state(), State::AckSent);
}

QTEST_GUILESS_MAIN(TestAutomaton)
#include "tst_automaton.moc"
