#!/bin/sh
echo <<PROJECT_NAME>>
