package dev.racker.cli;
