// Frames in the stream, control messages, and what hostile servers make of them.
#include "core/sstp/frames.h"

#include <QTest>

using namespace tern;
using namespace tern::sstp;

namespace {

base::Bytes hex(const char* text) {
    std::string digits;
    for (const char* c = text; *c != '\0'; ++c) {
        if (*c != ' ') {
            digits += *c;
        }
    }
    return base::fromHex(digits);
}

// [MS-SSTP] §4.7.
const base::Bytes exampleAck =
    hex("10 01 00 30 00 02 00 01 00 04 00 28 00 00 00 02 41 2b 48 9a eb d7 ec c7 d0 89 66 f2 "
        "6b e7 cd 72 b2 31 a0 e9 21 0d 7c 91 b3 08 86 2b 03 44 c4 35");

Status refusal(const char* body) {
    const auto parsed = parseControl(hex(body));
    return parsed ? Status::NoError : parsed.error().status.status;
}

} // namespace

class TestFrames : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesTheExampleRequest() {
        QCOMPARE(writeCallConnectRequest(), hex("10 01 00 0e 00 01 00 01 00 01 00 06 00 01"));
    }
    void writesPlainAndEnding() {
        QCOMPARE(writePlain(MessageType::EchoRequest), hex("10 01 00 08 00 08 00 00"));
        QCOMPARE(writePlain(MessageType::EchoResponse), hex("10 01 00 08 00 09 00 00"));
        QCOMPARE(writePlain(MessageType::CallDisconnectAck), hex("10 01 00 08 00 07 00 00"));
        QCOMPARE(writeEnd(MessageType::CallDisconnect, std::nullopt), hex("10 01 00 08 00 06 00 00"));
        QCOMPARE(
            writeEnd(MessageType::CallAbort, StatusInfo{AttributeId::CryptoBindingRequest, Status::ValueNotSupported}),
            hex("10 01 00 14 00 05 00 01 00 02 00 0c 00 00 00 04 00 00 00 04"));
    }
    void readsTheExampleAck() {
        const auto found = findFrame(exampleAck);
        QVERIFY(found);
        QCOMPARE(found->size, exampleAck.size());
        QVERIFY(found->frame.control);
        const auto message = parseControl(found->frame.body);
        QVERIFY(message);
        QVERIFY(message->type == MessageType::CallConnectAck);
        QVERIFY(message->binding);
        QCOMPARE(message->binding->hashes, std::uint8_t{2});
        QCOMPARE(message->binding->nonce, base::Bytes(exampleAck.end() - 32, exampleAck.end()));
    }
    void splitAnywhereAndMany() {
        base::Bytes stream;
        base::append(stream, exampleAck);
        base::append(stream, writeData(hex("ff 03 c0 21 01 01 00 04")));
        base::append(stream, writeData({}));
        base::append(stream, writePlain(MessageType::EchoRequest));
        for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
            FrameReader reader;
            std::vector<base::Bytes> bodies;
            for (const auto part : {base::ByteView(stream).first(cut), base::ByteView(stream).subspan(cut)}) {
                reader.add(part);
                for (auto frame = reader.next(); frame && *frame; frame = reader.next()) {
                    bodies.emplace_back((*frame)->body.begin(), (*frame)->body.end());
                }
            }
            QCOMPARE(bodies.size(), std::size_t{4});
            QCOMPARE(bodies[1], hex("ff 03 c0 21 01 01 00 04"));
            QVERIFY(bodies[2].empty());
            QVERIFY(reader.takeRest().empty());
        }
    }
    void givesBackWhatIsNoFrameYet() {
        FrameReader reader;
        auto stream = writePlain(MessageType::EchoRequest);
        base::append(stream, hex("10 00 00 0a ff"));
        reader.add(stream);
        QVERIFY(reader.next().value().has_value());
        QVERIFY(!reader.next().value().has_value());
        QCOMPARE(reader.takeRest(), hex("10 00 00 0a ff"));
    }
    void noticesWhatIsNoSstp() {
        for (const char* wrong : {"11", "48 54 54 50", "10 01 00 03", "10 00 00 00"}) {
            const auto found = findFrame(hex(wrong));
            QVERIFY2(!found, wrong);
            QCOMPARE(found.error().code, std::string("tern.sstp.frame"));
        }
        // Reserved bits are ignored, by themselves and beside the length.
        const auto found = findFrame(hex("10 fe f0 05 aa"));
        QVERIFY(found);
        QCOMPARE(found->size, std::size_t{5});
        QVERIFY(!found->frame.control);
    }
    void theLargestFrame() {
        const auto frame = writeData(base::Bytes(largestFrame - headerSize, 7));
        QCOMPARE(frame.size(), largestFrame);
        QCOMPARE(findFrame(frame)->size, largestFrame);
        QCOMPARE(findFrame(base::ByteView(frame).first(largestFrame - 1))->size, std::size_t{0});
    }

    void readsStatuses() {
        const auto nak =
            parseControl(hex("00 03 00 02 00 02 00 0c 00 00 00 01 00 00 00 04 00 02 00 0e 00 00 00 02 00 00 "
                             "00 02 ab cd"));
        QVERIFY(nak);
        QCOMPARE(nak->statuses.size(), std::size_t{2});
        QVERIFY(nak->statuses[0].attribute == AttributeId::EncapsulatedProtocolId);
        QVERIFY(nak->statuses[0].status == Status::ValueNotSupported);
        QVERIFY(nak->statuses[1].status == Status::UnrecognizedAttribute);
        QVERIFY(parseControl(hex("00 05 00 00"))->statuses.empty());
    }
    void refusesWithTheRightStatus() {
        QVERIFY(refusal("") == Status::InvalidFrame);
        QVERIFY(refusal("00 00 00 00") == Status::InvalidFrame);
        QVERIFY(refusal("00 0a 00 00") == Status::InvalidFrame);
        QVERIFY(refusal("00 08 00 01") == Status::InvalidFrame);             // an attribute too few
        QVERIFY(refusal("00 08 00 00 00") == Status::InvalidFrame);          // an octet too many
        QVERIFY(refusal("00 05 00 01 00 02 00 03") == Status::InvalidFrame); // shorter than its header
        QVERIFY(refusal("00 05 00 01 00 02 00 0d 00 00 00 00 00 00 00 00") ==
                Status::InvalidFrame); // longer than there is
        QVERIFY(refusal("00 05 00 01 00 02 00 08 00 00 00 00") == Status::InvalidAttributeLength);
        QVERIFY(refusal("00 05 00 01 00 07 00 04") == Status::UnrecognizedAttribute);
        QVERIFY(refusal("00 08 00 01 00 01 00 06 00 01") == Status::AttributeNotSupportedInMessage);
        QVERIFY(refusal("00 01 00 02 00 01 00 06 00 01 00 01 00 06 00 01") == Status::DuplicateAttribute);
        QVERIFY(refusal("00 01 00 01 00 01 00 07 00 01 00") == Status::InvalidAttributeLength);
        QVERIFY(refusal("00 02 00 00") == Status::RequiredAttributeMissing);
        QVERIFY(refusal("00 04 00 00") == Status::RequiredAttributeMissing);
    }
};

QTEST_APPLESS_MAIN(TestFrames)
#include "tst_frames.moc"
