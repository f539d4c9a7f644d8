// Both examples of [MS-SSTP] §4.7, and a call of a Windows 8.1 client with EAP-TLS to Windows Server 2019.
#include "core/sstp/crypto_binding.h"

#include <QTest>
#include <algorithm>

using namespace tern;
using namespace tern::sstp;

namespace {

struct Example {
    crypto::Hash hash;
    const char* nonce;
    const char* certificateHash;
    const char* hlak;
    const char* mac;
};

void check(const Example& example) {
    const auto certificateHash = base::fromHex(example.certificateHash);
    const auto mac = base::fromHex(example.mac);
    const auto message =
        writeCallConnected(example.hash, base::fromHex(example.nonce), certificateHash, base::fromHex(example.hlak));
    QCOMPARE(message.size(), std::size_t{112});
    const auto hash = std::string(example.hash == crypto::Hash::Sha256 ? "02" : "01");
    QCOMPARE(base::toHex(base::ByteView(message).first(16)), "100100700004000100030068000000" + hash);
    QCOMPARE(base::toHex(base::ByteView(message).subspan(16, 32)), std::string(example.nonce));
    const auto padded = [](base::Bytes bytes) {
        bytes.resize(32);
        return base::toHex(bytes);
    };
    QCOMPARE(base::toHex(base::ByteView(message).subspan(48, 32)), padded(certificateHash));
    QCOMPARE(base::toHex(base::ByteView(message).subspan(80, 32)), padded(mac));
}

} // namespace

class TestCryptoBinding : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sha256() {
        check({crypto::Hash::Sha256, "412b489aebd7ecc7d08966f26be7cd72b231a0e9210d7c91b308862b0344c435",
               "7993ef314c493dace9f02d60e7e61c84b6690aafe9d7aeea92cbbe8ad599422d",
               "2a1bb40d55ab0f5ef32f06f2b3cc73c48fd3fac41d7a1315a19228d9024ca164",
               "52a68efd8cffbf52770b8f0fe8ec73716583af6d611eb6d179b3b20840985449"});
    }
    void sha1() {
        check({crypto::Hash::Sha1, "0f1a2d58d4a3e3000fad3ce4906e07b707aa9e441cceac5cbd7b2cc1c9d86cdf",
               "5826b629bda59b8e6fd8dcd2622fd34c534805a5",
               "4b3128f43925d9006eefb1c4e86515a1d88e56bab3ca2bdf0373b7f5a8a13b19",
               "69915dd583d8062fef16f61db2f03290ec27cb6c"});
    }
    void eapTls() {
        check({crypto::Hash::Sha256, "388a1ecbf302ba02f9f372ce37488ec36b71a28b5e1b19fbe44d5465a631c463",
               "7ff150176fa8e38a1f402d11ff89ff11b66505ad7f9ae81205277ba4a6b9ef9d",
               "bb2c17edbaa643b3d511eb9848792b7cab5f5d709fe9bdf89b5deaf5a8c17db7",
               "fe6473c7d183914e483fea1b12a6e760a4da16b62fab12a0a1e54e0ec325b24e"});
    }
    void prefersSha256() {
        QVERIFY(bindingHash(3) == crypto::Hash::Sha256);
        QVERIFY(bindingHash(2) == crypto::Hash::Sha256);
        QVERIFY(bindingHash(1) == crypto::Hash::Sha1);
        QVERIFY(bindingHash(0xFD) == crypto::Hash::Sha1);
        QVERIFY(!bindingHash(0));
        QVERIFY(!bindingHash(4));
    }
};

QTEST_APPLESS_MAIN(TestCryptoBinding)
#include "tst_crypto_binding.moc"
