package dev.racker.images;
