#include "cbox2d.h"
