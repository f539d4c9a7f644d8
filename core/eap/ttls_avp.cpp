#include "core/eap/ttls_avp.h"

#include "core/base/byte_io.h"

#include <algorithm>

namespace tern::eap {

namespace {

constexpr std::uint8_t flagVendor = 0x80;
constexpr std::uint8_t flagMandatory = 0x40;
constexpr std::size_t headerSize = 8;
constexpr std::size_t vendorSize = 4;
constexpr std::size_t mostAvps = 64;

std::size_t padding(std::size_t size) {
    return (4 - size % 4) % 4;
}

bool is(const Avp& one, std::uint32_t code, std::uint32_t vendor) {
    return one.code == code && one.vendor == vendor;
}

} // namespace

std::optional<std::vector<Avp>> parseAvps(base::ByteView octets) {
    std::vector<Avp> avps;
    base::ByteReader reader(octets);
    while (!reader.atEnd()) {
        Avp one;
        one.code = reader.u32();
        const auto flags = reader.u8();
        const std::size_t length = reader.u24();
        const bool hasVendor = (flags & flagVendor) != 0;
        const std::size_t header = headerSize + (hasVendor ? vendorSize : 0);
        one.vendor = hasVendor ? reader.u32() : 0;
        one.mandatory = (flags & flagMandatory) != 0;
        if (reader.failed() || length < header || avps.size() == mostAvps) {
            return std::nullopt;
        }
        one.data = reader.take(length - header);
        // The padding of the last one may be left out.
        reader.skip(std::min(padding(length), reader.remaining()));
        if (reader.failed()) {
            return std::nullopt;
        }
        avps.push_back(one);
    }
    return avps;
}

void appendAvp(base::SecureBytes& to, std::uint32_t code, std::uint32_t vendor, base::ByteView data) {
    const std::size_t length = headerSize + (vendor != 0 ? vendorSize : 0) + data.size();
    base::ByteWriter writer;
    writer.u32(code);
    writer.u8(static_cast<std::uint8_t>(flagMandatory | (vendor != 0 ? flagVendor : 0U)));
    writer.u24(static_cast<std::uint32_t>(length));
    if (vendor != 0) {
        writer.u32(vendor);
    }
    to.append(writer.view());
    to.append(data);
    to.append(base::Bytes(padding(length), 0));
}

base::Bytes joinAvps(const std::vector<Avp>& avps, std::uint32_t code, std::uint32_t vendor) {
    base::Bytes joined;
    for (const auto& one : avps) {
        if (is(one, code, vendor)) {
            base::append(joined, one.data);
        }
    }
    return joined;
}

bool hasAvp(const std::vector<Avp>& avps, std::uint32_t code, std::uint32_t vendor) {
    return std::any_of(avps.begin(), avps.end(), [&](const Avp& one) { return is(one, code, vendor); });
}

} // namespace tern::eap
