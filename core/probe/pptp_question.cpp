#include "core/probe/pptp_question.h"

#include "core/base/byte_io.h"
#include "core/probe/text.h"

namespace tern::probe {

namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t magic = 0x1A2B3C4D;
constexpr std::uint16_t controlMessage = 1;
constexpr std::uint16_t startRequest = 1;
constexpr std::uint16_t startReply = 2;
constexpr std::uint16_t stopRequest = 3;
constexpr std::uint16_t version = 0x0100;
constexpr std::uint32_t bothKinds = 3; // of framing and bearer
constexpr std::uint8_t established = 1;
constexpr std::uint8_t reasonNone = 1;
constexpr std::size_t nameSize = 64;
constexpr std::size_t startSize = 156;
constexpr std::size_t stopSize = 16;
constexpr base::Duration stopPatience = 300ms;

void writeHeader(base::ByteWriter& writer, std::size_t size, std::uint16_t type) {
    writer.u16(static_cast<std::uint16_t>(size));
    writer.u16(controlMessage);
    writer.u32(magic);
    writer.u16(type);
    writer.u16(0);
}

} // namespace

void PptpQuestion::begin(base::Instant now) {
    base::ByteWriter writer;
    writeHeader(writer, startSize, startRequest);
    writer.u16(version);
    writer.u16(0);
    writer.u32(bothKinds);
    writer.u32(bothKinds);
    writer.u16(0);              // channels: servers only
    writer.u16(0);              // firmware revision
    writer.zeros(2 * nameSize); // our host and vendor, which are nobody's business
    ask(now, writer.take());
}

void PptpQuestion::take(base::Instant now, base::ByteView octets) {
    if (m_stopping) {
        ended(now); // its answer to our goodbye
        return;
    }
    // Nothing behind the reply is looked at.
    base::append(m_stream, octets.first(std::min(octets.size(), startSize - m_stream.size())));
    // What is another protocol's is known by its first octets.
    constexpr std::size_t head = 12;
    if (m_stream.size() >= head) {
        base::ByteReader reader(m_stream);
        const auto size = reader.u16();
        const auto kind = reader.u16();
        const auto cookie = reader.u32();
        if (size != startSize || kind != controlMessage || cookie != magic || reader.u16() != startReply) {
            conclude(Verdict::Closed);
            return;
        }
    }
    if (m_stream.size() == startSize) {
        takeReply(now);
    }
}

void PptpQuestion::takeReply(base::Instant now) {
    constexpr std::size_t head = 12;
    base::ByteReader reader(m_stream);
    reader.skip(head);
    reader.skip(2); // protocol version: servers tell their own
    const auto result = reader.u8();
    reader.skip(1 + 4 + 4 + 2); // error code, capabilities, channels
    m_facts.firmware = reader.u16();
    m_facts.host = fieldText(reader.take(nameSize));
    m_facts.vendor = fieldText(reader.take(nameSize));
    noteAnswer(now);
    if (result != established) {
        conclude(Verdict::Unusable);
        return;
    }
    base::ByteWriter writer;
    writeHeader(writer, stopSize, stopRequest);
    writer.u8(reasonNone);
    writer.u8(0);
    writer.u16(0);
    send(writer.take());
    m_stopping = true;
    linger(now + stopPatience, Verdict::Open);
}

void PptpQuestion::giveUp(base::Instant now) {
    if (!m_stopping) {
        Question::giveUp(now);
    }
}

} // namespace tern::probe
