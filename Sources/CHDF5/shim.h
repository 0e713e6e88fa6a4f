#pragma once
#include <hdf5.h>
#include <stdlib.h>
#include <string.h>

// HDF5's types and property classes are macros around mutable globals, which Swift refuses; each
// function here is one of them by name. All of them start the library when it is not running yet.

static inline hid_t chdf5_double(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t chdf5_byte(void) { return H5T_NATIVE_UINT8; }
static inline hid_t chdf5_double_stored(void) { return H5T_IEEE_F64LE; }
static inline hid_t chdf5_float_stored(void) { return H5T_IEEE_F32LE; }
static inline hid_t chdf5_byte_stored(void) { return H5T_STD_U8LE; }
static inline hid_t chdf5_file_creation(void) { return H5P_FILE_CREATE; }
static inline hid_t chdf5_dataset_creation(void) { return H5P_DATASET_CREATE; }
static inline hid_t chdf5_defaults(void) { return H5P_DEFAULT; }
static inline hid_t chdf5_whole(void) { return H5S_ALL; }
static inline unsigned chdf5_read_only(void) { return H5F_ACC_RDONLY; }
static inline unsigned chdf5_new_only(void) { return H5F_ACC_EXCL; }
static inline haddr_t chdf5_no_address(void) { return HADDR_UNDEF; }

/// Keeps the library's error stack off the terminal; it is read with chdf5_error instead. Must be
/// the first call: at the end of a program that met a damaged file the library would otherwise try
/// to close what it could not open, and print that. Every file is closed when its work is done.
static inline void chdf5_be_silent(void) {
  static int was_called = 0;
  if (!was_called) H5dont_atexit();
  was_called = 1;
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
}

typedef struct {
  char *text;
  size_t capacity;
} chdf5_message;

static inline herr_t chdf5_note(unsigned level, const H5E_error2_t *error, void *target) {
  chdf5_message *message = (chdf5_message *)target;
  if (level < 1 && error->desc && message->capacity > 0) {
    strncpy(message->text, error->desc, message->capacity - 1);
    message->text[message->capacity - 1] = 0;
  }
  return 0;
}

/// Copies what the library says is the innermost cause of the last failure, and forgets it.
static inline void chdf5_error(char *text, size_t capacity) {
  chdf5_message message = {text, capacity};
  if (capacity > 0) text[0] = 0;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, chdf5_note, &message);
  H5Eclear2(H5E_DEFAULT);
}

typedef struct {
  char *names;
  size_t length;
  size_t capacity;
} chdf5_list;

static inline herr_t chdf5_add_name(hid_t group, const char *name, const H5L_info_t *info,
                                    void *target) {
  (void)group;
  (void)info;
  chdf5_list *list = (chdf5_list *)target;
  size_t length = strlen(name) + 1;
  if (list->length + length > list->capacity) {
    size_t capacity = (list->capacity + length) * 2;
    char *names = (char *)realloc(list->names, capacity);
    if (!names) return -1;
    list->names = names;
    list->capacity = capacity;
  }
  memcpy(list->names + list->length, name, length);
  list->length += length;
  return 0;
}

/// The names in a group in alphabetical order, each ended by a zero byte; the caller frees
/// `*names`. Negative when the group cannot be listed.
static inline herr_t chdf5_names(hid_t group, char **names, size_t *length) {
  chdf5_list list = {NULL, 0, 0};
  hsize_t start = 0;
  herr_t status = H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, &start, chdf5_add_name, &list);
  *names = list.names;
  *length = list.length;
  return status;
}
