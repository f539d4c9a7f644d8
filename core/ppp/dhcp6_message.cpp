#include "core/ppp/dhcp6_message.h"

#include "core/base/byte_io.h"
#include "core/ppp/ipv6_packet.h"

#include <algorithm>
#include <array>

namespace tern::ppp {

namespace {

enum OptionCode : std::uint16_t {
    ClientId = 1,
    ServerId = 2,
    IaNa = 3,
    IaAddress = 5,
    OptionRequest = 6,
    ElapsedTime = 8,
    StatusCode = 13,
    RapidCommit = 14,
    DnsServers = 23,
    DomainList = 24,
    InformationRefresh = 32,
};

constexpr std::uint32_t associationId = 1; // one to a connection
constexpr std::size_t mostAddresses = 16;
constexpr std::size_t longestDuid = 130; // §11.1

void writeOption(base::ByteWriter& writer, std::uint16_t code, base::ByteView value) {
    writer.u16(code);
    writer.u16(static_cast<std::uint16_t>(value.size()));
    writer.bytes(value);
}

base::Bytes associationValue(const std::vector<base::IpAddress>& addresses) {
    base::ByteWriter writer;
    writer.u32(associationId);
    writer.zeros(8);
    for (const auto& address : addresses) {
        base::ByteWriter entry;
        entry.bytes(address.bytes());
        entry.zeros(8);
        writeOption(writer, IaAddress, entry.view());
    }
    return writer.take();
}

// Calls use(code, value) for each; false when a length does not fit or use() says no.
template<typename Use>
bool readOptions(base::ByteView octets, Use use) {
    base::ByteReader reader(octets);
    while (!reader.atEnd()) {
        const auto code = reader.u16();
        const auto value = reader.take(reader.u16());
        if (reader.failed() || !use(code, value)) {
            return false;
        }
    }
    return true;
}

bool readStatus(base::ByteView value, std::uint16_t& status) {
    base::ByteReader reader(value);
    status = reader.u16();
    return !reader.failed();
}

bool readAddress(base::ByteView value, Dhcp6Association& association) {
    base::ByteReader reader(value);
    const auto address = base::IpAddress::fromBytes(reader.take(16));
    Dhcp6Address entry;
    entry.preferred = reader.u32();
    entry.valid = reader.u32();
    std::uint16_t status = 0;
    const bool isWhole = !reader.failed() && readOptions(reader.rest(), [&](std::uint16_t code, base::ByteView inner) {
        return code != StatusCode || readStatus(inner, status);
    });
    if (!isWhole || !address) {
        return false;
    }
    entry.address = *address;
    const bool isUsable = !address->isUnspecified() && !address->isMulticast() && !address->isLinkLocal() &&
                          !address->isLoopback() && entry.preferred <= entry.valid && status == 0;
    if (isUsable && association.addresses.size() < mostAddresses) {
        association.addresses.push_back(entry);
    }
    return true;
}

bool readAssociation(base::ByteView value, Dhcp6Answer& answer) {
    base::ByteReader reader(value);
    const auto identifier = reader.u32();
    Dhcp6Association association;
    association.renewAfter = reader.u32();
    association.rebindAfter = reader.u32();
    const bool isWhole = !reader.failed() && readOptions(reader.rest(), [&](std::uint16_t code, base::ByteView inner) {
        if (code == StatusCode) {
            return readStatus(inner, association.status);
        }
        return code != IaAddress || readAddress(inner, association);
    });
    // §21.4: with T1 behind T2 the whole option is void.
    const bool isVoid = association.rebindAfter != 0 && association.renewAfter > association.rebindAfter;
    if (isWhole && identifier == associationId && !answer.association && !isVoid) {
        answer.association = std::move(association);
    }
    return isWhole;
}

} // namespace

base::Bytes buildDhcp6(const Dhcp6Question& question) {
    base::ByteWriter writer;
    writer.u8(static_cast<std::uint8_t>(question.type));
    writer.u24(question.transaction);
    writeOption(writer, ClientId, question.client);
    if (!question.server.empty()) {
        writeOption(writer, ServerId, question.server);
    }
    base::ByteWriter elapsed;
    elapsed.u16(question.elapsed);
    writeOption(writer, ElapsedTime, elapsed.view());
    if (question.withAssociation) {
        writeOption(writer, IaNa, associationValue(question.addresses));
    }
    if (question.type == Dhcp6Type::Solicit) {
        writeOption(writer, RapidCommit, {});
    }
    if (question.type != Dhcp6Type::Release) {
        base::ByteWriter wanted;
        wanted.u16(DnsServers);
        wanted.u16(DomainList);
        if (question.type == Dhcp6Type::InformationRequest) {
            wanted.u16(InformationRefresh);
        }
        writeOption(writer, OptionRequest, wanted.view());
    }
    return writer.take();
}

std::optional<Dhcp6Answer> parseDhcp6(base::ByteView message, std::uint32_t transaction, base::ByteView client) {
    base::ByteReader reader(message);
    Dhcp6Answer answer;
    answer.type = static_cast<Dhcp6Type>(reader.u8());
    const auto number = reader.u24();
    if (reader.failed() || number != transaction ||
        (answer.type != Dhcp6Type::Advertise && answer.type != Dhcp6Type::Reply)) {
        return std::nullopt;
    }
    bool isOurs = false;
    const bool isWhole = readOptions(reader.rest(), [&](std::uint16_t code, base::ByteView value) {
        base::ByteReader option(value);
        switch (code) {
        case ClientId:
            isOurs = std::equal(value.begin(), value.end(), client.begin(), client.end());
            break;
        case ServerId:
            answer.server.assign(value.begin(), value.end());
            break;
        case IaNa:
            return readAssociation(value, answer);
        case StatusCode:
            return readStatus(value, answer.status);
        case RapidCommit:
            answer.rapidCommit = true;
            break;
        case DnsServers:
            answer.dns = readIpv6Addresses(value);
            break;
        case DomainList:
            answer.domains = readNames(value);
            break;
        case InformationRefresh:
            answer.refreshAfter = option.u32();
            return !option.failed();
        default:
            break;
        }
        return true;
    });
    const bool isNamed = !answer.server.empty() && answer.server.size() <= longestDuid;
    return isWhole && isOurs && isNamed ? std::optional(std::move(answer)) : std::nullopt;
}

} // namespace tern::ppp
