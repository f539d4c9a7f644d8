/* ML-KEM for the lab's strongSwan 6: Debian 13 builds it without. A plugin of a key exchange for charon that takes the
 * arithmetic from OpenSSL 3.5; all that is IKEv2 stays strongSwan's own.
 *
 * Debian has no headers of libstrongswan. What is needed of its interface is written down here. */
#include <openssl/evp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    uint8_t *ptr;
    size_t len;
} chunk;

typedef struct key_exchange key_exchange;
struct key_exchange {
    bool (*get_shared_secret)(key_exchange *self, chunk *secret);
    bool (*set_public_key)(key_exchange *self, chunk value);
    bool (*get_public_key)(key_exchange *self, chunk *value);
    bool (*set_seed)(key_exchange *self, chunk value, void *drbg);
    int (*get_method)(key_exchange *self);
    void (*destroy)(key_exchange *self);
};

typedef struct {
    int kind; /* 0 provides, 3 registers */
    int type;
    union {
        int method;
        struct {
            bool final;
            void *function;
        } reg;
        struct {
            void *function;
            void *data;
        } callback;
    } arg;
} feature;

typedef struct plugin plugin;
struct plugin {
    char *(*get_name)(plugin *self);
    int (*get_features)(plugin *self, feature **features);
    bool (*reload)(plugin *self);
    void (*destroy)(plugin *self);
};

extern char *plugin_feature_get_string(feature *f);

typedef struct {
    key_exchange public;
    int method;
    EVP_PKEY *key;    /* the initiator's */
    chunk ciphertext; /* the responder's */
    uint8_t secret[32];
    bool done;
} kem;

static const char *name_of(int method) {
    static const char *const names[] = {"ML-KEM-512", "ML-KEM-768", "ML-KEM-1024"};
    return names[method - 35];
}

static bool get_shared_secret(key_exchange *self, chunk *secret) {
    kem *this = (kem *)self;
    if (!this->done) {
        return false;
    }
    secret->len = sizeof this->secret;
    secret->ptr = malloc(secret->len);
    memcpy(secret->ptr, this->secret, secret->len);
    return true;
}

static bool encapsulate(kem *this, chunk key) {
    EVP_PKEY *peer = EVP_PKEY_new_raw_public_key_ex(NULL, name_of(this->method), NULL, key.ptr, key.len);
    EVP_PKEY_CTX *context = peer ? EVP_PKEY_CTX_new_from_pkey(NULL, peer, NULL) : NULL;
    size_t size = 0, secret = sizeof this->secret;
    bool good = context && EVP_PKEY_encapsulate_init(context, NULL) == 1 &&
                EVP_PKEY_encapsulate(context, NULL, &size, NULL, &secret) == 1;
    if (good) {
        this->ciphertext.ptr = malloc(size);
        this->ciphertext.len = size;
        good = EVP_PKEY_encapsulate(context, this->ciphertext.ptr, &this->ciphertext.len, this->secret, &secret) == 1;
    }
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(peer);
    return good;
}

static bool set_public_key(key_exchange *self, chunk value) {
    kem *this = (kem *)self;
    if (!this->key) {
        return this->done = encapsulate(this, value);
    }
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(NULL, this->key, NULL);
    size_t secret = sizeof this->secret;
    this->done = context && EVP_PKEY_decapsulate_init(context, NULL) == 1 &&
                 EVP_PKEY_decapsulate(context, this->secret, &secret, value.ptr, value.len) == 1;
    EVP_PKEY_CTX_free(context);
    return this->done;
}

static bool get_public_key(key_exchange *self, chunk *value) {
    kem *this = (kem *)self;
    if (this->done && !this->key) {
        value->len = this->ciphertext.len;
        value->ptr = malloc(value->len);
        memcpy(value->ptr, this->ciphertext.ptr, value->len);
        return true;
    }
    if (!this->key) {
        this->key = EVP_PKEY_Q_keygen(NULL, NULL, name_of(this->method));
    }
    value->len = 0;
    if (!this->key || EVP_PKEY_get_raw_public_key(this->key, NULL, &value->len) != 1) {
        return false;
    }
    value->ptr = malloc(value->len);
    return EVP_PKEY_get_raw_public_key(this->key, value->ptr, &value->len) == 1;
}

static bool set_seed(key_exchange *self, chunk value, void *drbg) {
    (void)self, (void)value, (void)drbg;
    return false;
}

static int get_method(key_exchange *self) {
    return ((kem *)self)->method;
}

static void destroy(key_exchange *self) {
    kem *this = (kem *)self;
    EVP_PKEY_free(this->key);
    free(this->ciphertext.ptr);
    OPENSSL_cleanse(this->secret, sizeof this->secret);
    free(this);
}

static key_exchange *create(int method, ...) {
    kem *this = calloc(1, sizeof *this);
    this->public =
        (key_exchange){get_shared_secret, set_public_key, get_public_key, set_seed, get_method, destroy};
    this->method = method;
    return &this->public;
}

/* The number of "key exchange" among the kinds of feature differs between versions: libstrongswan says which it is. */
static int type_of_key_exchange(void) {
    for (int type = 1; type < 20; ++type) {
        feature candidate = {0, type, {.method = 19}};
        char *text = plugin_feature_get_string(&candidate);
        const bool found = text && strncmp(text, "KE:", 3) == 0;
        free(text);
        if (found) {
            return type;
        }
    }
    return 0;
}

static char *plugin_name(plugin *self) {
    (void)self;
    return "lab-mlkem";
}

static int plugin_features(plugin *self, feature **features) {
    static feature list[4];
    const int type = type_of_key_exchange();
    (void)self;
    list[0] = (feature){3, type, {.reg = {false, (void *)create}}};
    for (int i = 0; i < 3; ++i) {
        list[i + 1] = (feature){0, type, {.method = 35 + i}};
    }
    *features = list;
    return type ? 4 : 0;
}

static void plugin_destroy(plugin *self) {
    free(self);
}

plugin *lab_mlkem_plugin_create(void) {
    plugin *this = calloc(1, sizeof *this);
    *this = (plugin){plugin_name, plugin_features, NULL, plugin_destroy};
    return this;
}
